package org.ashar.eventstore;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;

/** What a bulk that failed in part has met. */
public final class Duplicates {

    private Duplicates() {}

    /** Whether nothing went wrong but that documents of the same keys were there already. */
    public static boolean alone(MongoBulkWriteException failure) {
        return failure.getWriteConcernError() == null
                && failure.getWriteErrors().stream()
                        .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }
}
