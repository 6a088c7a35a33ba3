package org.ashar.eventstore;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The forms of an event's attributes. Written out instead of as patterns and formatters: each event
 * that a view takes is asked for all of them.
 */
final class AttributeForms {

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_FACT = 95;
    private static final String TYPE_BEGINS = "org.ashar.";
    private static final int[] POWERS_OF_TEN = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };

    private AttributeForms() {}

    /** 12 to 18 digits. */
    static boolean isSequence(String text) {
        return text.length() >= 12 && text.length() <= 18 && areDigits(text, 0, text.length());
    }

    /** {@code /<installation>/<service>}. */
    static boolean isSource(String text) {
        int second = text.indexOf('/', 1);
        return text.startsWith("/")
                && second > 0
                && isName(text, 1, second, LONGEST_NAME)
                && isName(text, second + 1, text.length(), LONGEST_NAME);
    }

    /** {@code org.ashar.<service>.<fact>.v<n>}, n from 1 to 9999. */
    static boolean isType(String text) {
        int service = TYPE_BEGINS.length();
        int fact = text.indexOf('.', service) + 1;
        int version = text.indexOf('.', fact) + 1;
        int digits = version + 1;
        return text.startsWith(TYPE_BEGINS)
                && fact > 0
                && version > fact
                && isName(text, service, fact - 1, LONGEST_NAME)
                && isName(text, fact, version - 1, LONGEST_FACT)
                && text.startsWith("v", version)
                && text.length() > digits
                && text.length() <= digits + 4
                && text.charAt(digits) != '0'
                && areDigits(text, digits, text.length());
    }

    /** RFC 3339, in UTC: years have four digits, so that every calendar can tell them. */
    static boolean isTime(String text) {
        String seconds = "0000-00-00T00:00:00";
        int end = text.length() - 1;
        int fraction = seconds.length();
        return end >= fraction
                && text.charAt(end) == 'Z'
                && isLike(text, seconds)
                && (end == fraction
                        || text.charAt(fraction) == '.'
                                && end - fraction >= 2
                                && end - fraction <= 10
                                && areDigits(text, fraction + 1, end));
    }

    /**
     * The instant that a text of {@link #isTime}'s form means, as {@link Instant#parse} has it.
     *
     * @throws DateTimeException where there is no such date or time
     */
    static Instant instant(String time) {
        int hour = number(time, 11, 13);
        int second = number(time, 17, 19);
        if (hour > 23 || second > 59) {
            return Instant.parse(time);
        }
        int minute = number(time, 14, 16);
        LocalDate date = LocalDate.of(number(time, 0, 4), number(time, 5, 7), number(time, 8, 10));
        int digits = Math.max(0, time.length() - 1 - 20);
        int nanos = digits == 0 ? 0 : number(time, 20, 20 + digits) * POWERS_OF_TEN[9 - digits];
        return date.atTime(hour, minute, second, nanos).toInstant(ZoneOffset.UTC);
    }

    /** W3C trace context. */
    static boolean isTraceparent(String text) {
        String like = "xx-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-xxxxxxxxxxxxxxxx-xx";
        return text.length() == like.length() && isLike(text, like);
    }

    static boolean isAscii(byte[] text) {
        for (byte one : text) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it begins with {@code like}, where 0 stands for a digit and x for a hex digit. */
    private static boolean isLike(String text, String like) {
        for (int i = 0; i < like.length(); i++) {
            char c = text.charAt(i);
            boolean good =
                    switch (like.charAt(i)) {
                        case '0' -> isDigit(c);
                        case 'x' -> isDigit(c) || c >= 'a' && c <= 'f';
                        default -> c == like.charAt(i);
                    };
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /** Lower-case letters, digits and hyphens. */
    private static boolean isName(String text, int from, int to, int longest) {
        if (from >= to || to - from > longest) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
