package org.ashar.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the entries
 * @param next what to ask for as {@code after} to get the next page; absent on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page of {@code fetched}, which holds one entry more than the limit where another page
     * follows ({@link Paging#toFetch}).
     *
     * @param cursor the place of an entry in the list's order, short printable ASCII
     */
    public static <T> Page<T> of(List<T> fetched, Paging paging, Function<T, String> cursor) {
        if (fetched.size() <= paging.limit()) {
            return new Page<>(fetched, null);
        }
        List<T> shown = fetched.subList(0, paging.limit());
        return new Page<>(shown, cursor.apply(shown.getLast()));
    }

    /** The same page with each entry as the reader shall see it. */
    public <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), next);
    }
}
