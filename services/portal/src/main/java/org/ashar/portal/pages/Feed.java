package org.ashar.portal.pages;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Published events for feed readers, before any format. All addresses are whole.
 *
 * @param id the same for ever, in whatever language and under whatever address
 * @param self where this document lies
 * @param current where the newest one of its kind lies
 * @param previous where the archive before it lies, if there is one
 * @param archive whether it never changes any more (RFC 5005)
 * @param home the page for people
 */
record Feed(
        String id,
        String title,
        String language,
        String self,
        String current,
        @Nullable String previous,
        boolean archive,
        String home,
        Instant updated,
        List<Item> items) {

    /** Who made it. */
    static final String AUTHOR = "Ashar";

    /**
     * One event.
     *
     * @param id the same for ever, in whatever format, language and document
     * @param page where it is shown with its proof
     * @param type of the event
     */
    record Item(
            String id,
            String page,
            String title,
            String text,
            Instant published,
            Instant updated,
            String type,
            long index,
            String event) {}

    Feed {
        items = List.copyOf(items);
    }
}
