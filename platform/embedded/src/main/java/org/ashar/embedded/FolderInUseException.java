package org.ashar.embedded;

import java.io.IOException;

/** Another process, or this one, has the data folder open already. */
public final class FolderInUseException extends IOException {
    public FolderInUseException(String message) {
        super(message);
    }
}
