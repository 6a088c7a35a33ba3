package org.ashar.kernel;

import java.util.Map;

/**
 * Rules for text that the public will read: nothing invisible in it may change how the rest reads.
 */
public final class PublicText {

    private PublicText() {}

    /**
     * Checks one text: with something to see, at most {@code limit} characters (code points), no
     * lone surrogate, no control character but line breaks and tabs (and those only where {@code
     * lines}), no bidirectional override or embedding (U+202A–U+202E; isolates U+2066–U+2069 are
     * refused too: markup sets direction, not the text), no noncharacter.
     */
    public static Checked<String> check(String text, int limit, boolean lines) {
        if (text.codePoints().allMatch(PublicText::isUnseen)) {
            return Checked.invalid("text.blank");
        }
        if (text.length() > 2L * limit || text.codePointCount(0, text.length()) > limit) {
            return Checked.invalid("text.too-long", Map.of("limit", Integer.toString(limit)));
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return Checked.invalid("text.lone-surrogate");
            }
            if (Character.getType(c) == Character.CONTROL && !(lines && (c == '\n' || c == '\t'))) {
                return Checked.invalid("text.control-character");
            }
            if (c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069) {
                return Checked.invalid("text.bidi-override");
            }
            if (c >= 0xFDD0 && c <= 0xFDEF || (c & 0xFFFE) == 0xFFFE) {
                return Checked.invalid("text.noncharacter");
            }
            i += Character.charCount(c);
        }
        return Checked.valid(text);
    }

    /** Spaces of every width, and what only joins or parts its neighbours. */
    private static boolean isUnseen(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
