package org.ashar.progressreports.api;

import java.time.LocalDate;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.Cursor;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Query;
import org.jspecify.annotations.Nullable;

/** What addresses name. */
final class Addresses {

    private Addresses() {}

    /** The stream with this id; what has not the form of an id names nothing. */
    static StreamId stream(String type, String id, String unknown) {
        if (!StreamId.isId(id)) {
            throw notFound(unknown);
        }
        return new StreamId(type, id);
    }

    static ProblemException notFound(String code) {
        return new ProblemException(Problem.of(404, code));
    }

    /** The day that lateness is derived for: today, or another one within ten years. */
    static LocalDate on(Query query, LocalDate today) {
        return query.date("on", today.plusYears(10)).orElse(today);
    }

    /** Where a page begins; null for the first. */
    static @Nullable Cursor cursor(Query query, Paging paging) {
        if (paging.after() == null) {
            return null;
        }
        return switch (Cursor.parse(paging.after())) {
            case Checked.Valid<Cursor>(Cursor cursor) -> cursor;
            case Checked.Invalid<Cursor> _ -> throw query.badCursor();
        };
    }

    /** A page as readers get it. */
    static <T> Page<T> page(org.ashar.messaging.Page<T> page) {
        return new Page<>(page.rows(), text(page.next()));
    }

    /** A cursor as readers get it. */
    static @Nullable String text(@Nullable Cursor next) {
        return next == null ? null : next.toString();
    }
}
