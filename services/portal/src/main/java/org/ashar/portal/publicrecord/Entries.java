package org.ashar.portal.publicrecord;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a list.
 *
 * @param next where the page that follows begins, or its whole address; absent when this is all
 */
public record Entries<T>(List<T> items, @Nullable String next) {

    private static final String AFTER = "after=";

    public Entries {
        items = List.copyOf(items);
    }

    /** Where the next page begins, as the service wants to be told. */
    public @Nullable String cursor() {
        if (next == null || !next.contains(AFTER)) {
            return next;
        }
        String rest = next.substring(next.indexOf(AFTER) + AFTER.length());
        int end = rest.indexOf('&');
        return URLDecoder.decode(end < 0 ? rest : rest.substring(0, end), UTF_8);
    }
}
