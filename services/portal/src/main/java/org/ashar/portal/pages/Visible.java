package org.ashar.portal.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * A text of others as a page can show it: characters that nobody sees, or that turn the order of
 * what is read, stand as their numbers.
 *
 * @param value within the size that was given
 * @param cut whether there is more of it
 */
public record Visible(String value, boolean cut) {

    /** At most {@code limit} bytes of the text, counted as a page holds them. */
    static Visible of(String text, int limit) {
        StringBuilder shown = new StringBuilder();
        int size = 0;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            String written = written(character);
            size += weight(written);
            if (size > limit) {
                return new Visible(shown.append('…').toString(), true);
            }
            shown.append(written);
            at += Character.charCount(character);
        }
        return new Visible(shown.toString(), false);
    }

    private static String written(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    "⟦" + String.format(Locale.ROOT, "U+%04X", character) + "⟧";
            default -> Character.toString(character);
        };
    }

    /** Bytes of a character on a page, where markup is escaped. */
    static int weight(String text) {
        int size = text.getBytes(UTF_8).length;
        for (int i = 0; i < text.length(); i++) {
            size +=
                    switch (text.charAt(i)) {
                        case '"', '\'', '&', '<', '>' -> 5;
                        default -> 0;
                    };
        }
        return size;
    }
}
