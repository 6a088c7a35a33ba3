package org.ashar.eventstore;

/**
 * The store did not answer, or not yet with what must be there: whether the command took effect is
 * not known. Asking again with the same command id is always safe (HTTP 503 with Retry-After).
 */
public final class StoreUnavailableException extends RuntimeException {

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
