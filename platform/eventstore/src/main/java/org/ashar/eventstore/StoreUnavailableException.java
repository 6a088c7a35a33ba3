package org.ashar.eventstore;

import com.mongodb.MongoException;

/**
 * The store did not answer, or not yet with what must be there: whether the command took effect is
 * not known. Asking again with the same command id is always safe (HTTP 503 with Retry-After).
 */
public final class StoreUnavailableException extends RuntimeException {

    /** MongoDB's code of DataCorruptionDetected. */
    private static final int DATA_CORRUPTION = 309;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }

    /**
     * Whether what is asked for is damaged in the store, so that asking again does not help. Not
     * where others asked in the same round trip: it may be theirs that is damaged.
     */
    public boolean isDamage() {
        return getCause() instanceof MongoException store && store.getCode() == DATA_CORRUPTION;
    }
}
