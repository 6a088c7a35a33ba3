package org.ashar.witness;

/** A witness cannot start; the message says why and what to do. Nothing was changed. */
final class WitnessException extends Exception {

    private static final long serialVersionUID = 1L;

    WitnessException(String message) {
        super(message);
    }

    WitnessException(String message, Throwable cause) {
        super(message, cause);
    }
}
