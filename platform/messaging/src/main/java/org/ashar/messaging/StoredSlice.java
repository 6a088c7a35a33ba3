package org.ashar.messaging;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The form of a slice in the store. */
final class StoredSlice {

    private StoredSlice() {}

    static @Nullable Incomplete incomplete(Document stored) {
        Document since = stored.get("since", Document.class);
        return since == null
                ? null
                : new Incomplete(since.getDate("time").toInstant(), since.getLong("sequence"));
    }
}
