package org.ashar.embedded.journal;

import org.jspecify.annotations.Nullable;

/**
 * The store takes no more writes, because it is closed or because its disk refused one. What was
 * acknowledged before is safe; whether the write that met this exception survives is not known.
 */
public final class StoreStoppedException extends RuntimeException {
    public StoreStoppedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
