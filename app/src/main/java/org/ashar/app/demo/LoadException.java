package org.ashar.app.demo;

import org.jspecify.annotations.Nullable;

/** The demonstration cannot be loaded; the message says at which step and why. */
public final class LoadException extends RuntimeException {
    LoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
