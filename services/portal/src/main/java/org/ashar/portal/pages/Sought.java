package org.ashar.portal.pages;

import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;

/** What a reader looks for in the ledger, told from what was typed. */
sealed interface Sought {

    /** The entry with this index. */
    record AtIndex(long index) implements Sought {}

    /** One event, {@code <stream>@<sequence>}. */
    record OfEvent(String event) implements Sought {}

    /** All of a stream. */
    record OfStream(StreamId stream) implements Sought {}

    /** All of the stream with this id, of whatever type it is. */
    record OfId(String id) implements Sought {}

    /** Nothing that the ledger could be asked for. */
    record Unclear() implements Sought {}

    static Sought of(String typed) {
        String text = typed.strip();
        if (text.matches("[0-9]{1,15}")) {
            return new AtIndex(Long.parseLong(text));
        }
        if (isEvent(text)) {
            return new OfEvent(text);
        }
        if (StreamId.parse(text) instanceof Checked.Valid<StreamId>(StreamId stream)) {
            return new OfStream(stream);
        }
        return StreamId.isId(text) ? new OfId(text) : new Unclear();
    }

    /** Whether it has the form of an event's id. */
    static boolean isEvent(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && text.substring(at + 1).matches("[1-9][0-9]{0,14}")
                && StreamId.parse(text.substring(0, at)) instanceof Checked.Valid<?>;
    }
}
