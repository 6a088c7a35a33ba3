package org.ashar.accountability.api;

import com.mongodb.MongoException;
import java.util.function.Supplier;
import org.ashar.eventstore.StoreUnavailableException;

/** Reading what may not answer. */
final class Store {

    private Store() {}

    /** Reads; a store that does not answer is said to be unavailable, not a fault. */
    static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MongoException e) {
            throw new StoreUnavailableException("the ledger cannot be read", e);
        }
    }
}
