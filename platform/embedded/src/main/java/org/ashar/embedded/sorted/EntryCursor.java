package org.ashar.embedded.sorted;

import java.io.IOException;

/** Walks entries in the order of their keys; begins before the first one. */
interface EntryCursor {
    boolean advance() throws IOException;

    byte[] key();

    /** The value; empty for a removal. */
    byte[] value();
}
