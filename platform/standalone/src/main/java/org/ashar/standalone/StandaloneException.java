package org.ashar.standalone;

import org.jspecify.annotations.Nullable;

/**
 * Ashar cannot start, go on or stop as asked. The message is for the person at the terminal: it
 * says what is wrong and what to do.
 */
public final class StandaloneException extends RuntimeException {
    public StandaloneException(String message) {
        super(message);
    }

    public StandaloneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
