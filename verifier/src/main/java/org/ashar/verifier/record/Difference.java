package org.ashar.verifier.record;

import java.util.List;

/**
 * Something that a served document says, and the log otherwise.
 *
 * @param subject of the document, such as {@code commitment/…}
 * @param field where in the document, as a JSON pointer
 * @param record what the document says, as JSON; {@code nothing} where it says nothing
 * @param log what the log gives
 * @param events that it follows from
 */
public record Difference(
        String subject, String field, String record, String log, List<Source> events) {

    /** Says nothing. */
    public static final String NOTHING = "nothing";

    /**
     * An event.
     *
     * @param index in the log
     */
    public record Source(String id, long index) {}

    /** The pointer to a member of what {@code field} points to. */
    public static String member(String field, String name) {
        return field + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    public Difference {
        events = List.copyOf(events);
    }
}
