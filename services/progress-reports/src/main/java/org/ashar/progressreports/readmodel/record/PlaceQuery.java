package org.ashar.progressreports.readmodel.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.LocalDate;
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

    /** The same query for the page that follows, as the end of an address. */
    public String following(LocalDate on, Cursor next) {
        StringBuilder parameters = new StringBuilder("?after=").append(next);
        append(parameters, "on", on.toString());
        append(parameters, "sort", Kebab.of(sort));
        append(parameters, "limit", Integer.toString(limit));
        state.ifPresent(value -> append(parameters, "state", Kebab.of(value)));
        lead.ifPresent(value -> append(parameters, "lead", value));
        classification.ifPresent(value -> append(parameters, "classification", value));
        attention.ifPresent(value -> append(parameters, "attention", Kebab.of(value)));
        return parameters.toString();
    }

    private static void append(StringBuilder parameters, String name, String value) {
        parameters.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8));
    }
}
