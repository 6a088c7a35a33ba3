package org.ashar.messaging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows and where the next ones begin.
 *
 * @param rows in the order asked for
 * @param next where the next page begins; null when these were the last
 * @param <T> a row
 */
public record Page<T>(List<T> rows, @Nullable Cursor next) {

    public Page {
        rows = List.copyOf(rows);
    }
}
