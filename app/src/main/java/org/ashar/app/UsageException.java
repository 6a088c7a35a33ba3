package org.ashar.app;

/** The command line was not understood; the message says what to write instead. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message + "; see ./ashar help", null, false, false);
    }
}
