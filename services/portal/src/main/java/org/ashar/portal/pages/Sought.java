package org.ashar.portal.pages;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;

/** What a reader looks for in the ledger, told from what was typed. */
sealed interface Sought {

    /** Of any script whose digits {@link Long#parseLong} reads. */
    String DIGIT = "[\\d&&[\\x{0}-\\x{FFFF}]]";

    /** As pages print it in any language, with or without what stands before it. */
    Pattern NUMBER =
            Pattern.compile(
                    "[#№]?\\p{Z}*(%1$s{1,15}|%1$s{1,3}(?:[.,'’٬\\p{Z}]%1$s{3}){1,4})"
                            .replace("%1$s", DIGIT),
                    Pattern.UNICODE_CHARACTER_CLASS);

    Pattern SEPARATOR = Pattern.compile("\\D", Pattern.UNICODE_CHARACTER_CLASS);

    /** Of a promise's page. */
    Pattern ADDRESS = Pattern.compile("\\S*/commitments/([a-z2-7]{26})(?:[/?#]\\S*)?");

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
        String text = typed.strip().toLowerCase(Locale.ROOT);
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return new AtIndex(Long.parseLong(SEPARATOR.matcher(number.group(1)).replaceAll("")));
        }
        Matcher address = ADDRESS.matcher(text);
        if (address.matches()) {
            return new OfId(address.group(1));
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
