package org.ashar.progressreports.readmodel.record;

import java.util.Optional;
import org.ashar.messaging.Cursor;
import org.jspecify.annotations.Nullable;

/** Which of a place's commitments are listed, in which order. */
public record PlaceQuery(
        Optional<CommitmentSlice.State> state,
        Optional<String> lead,
        Optional<String> classification,
        Optional<Attention> attention,
        Sort sort,
        @Nullable Cursor after,
        int limit) {

    /** What calls for a closer look. */
    public enum Attention {
        LATE,
        DISPUTED,
        OVERSPENT
    }

    public enum Sort {
        NEWEST,
        NEXT_DUE,
        TITLE
    }
}
