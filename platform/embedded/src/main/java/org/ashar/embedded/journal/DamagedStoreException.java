package org.ashar.embedded.journal;

import java.io.IOException;

/**
 * Stored bytes are not what was written. The store does not start, or refuses to answer from them:
 * the operator restores a copy, nothing is guessed.
 */
public final class DamagedStoreException extends IOException {
    public DamagedStoreException(String message) {
        super(message);
    }
}
