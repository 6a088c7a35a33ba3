package org.ashar.web;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for: {@code ?after=&limit=}.
 *
 * @param after the cursor that the page before ended with; absent for the first page
 * @param limit entries on the page, 1 to {@value #MAX_LIMIT}
 */
public record Paging(@Nullable String after, int limit) {

    /** Entries on a page when nothing else is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    /** Entries on a page, at most. */
    public static final int MAX_LIMIT = 200;

    /** How many entries to fetch: one more than shown, to know whether another page follows. */
    public int toFetch() {
        return limit + 1;
    }
}
