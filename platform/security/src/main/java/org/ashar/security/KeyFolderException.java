package org.ashar.security;

import java.nio.file.Path;

/**
 * The folder of keys cannot be used. The message names the file and says what to do; nothing was
 * changed.
 */
public final class KeyFolderException extends RuntimeException {

    KeyFolderException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
