package org.ashar.security;

/**
 * The issuer's keys cannot be had at present, so that no token can be judged. Over HTTP this is a
 * 503: the token may be good, and the same request may succeed later.
 */
public final class KeysUnavailableException extends RuntimeException {

    KeysUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
