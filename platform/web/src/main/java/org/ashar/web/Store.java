package org.ashar.web;

import com.mongodb.MongoException;
import java.util.function.Supplier;
import org.ashar.eventstore.StoreUnavailableException;

/** Reading what may not answer. */
public final class Store {

    private Store() {}

    /** Reads; a store that does not answer is said to be unavailable (503), not a fault. */
    public static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MongoException e) {
            throw new StoreUnavailableException("the store cannot be read", e);
        }
    }
}
