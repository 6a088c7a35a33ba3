package org.ashar.messaging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of {@code org.ashar.<service>.<fact>.v<n>}. */
record EventType(String service, String fact, int version) {

    private static final Pattern FORM =
            Pattern.compile("org\\.ashar\\.([a-z0-9-]+)\\.([a-z0-9-]+)\\.v([1-9]\\d{0,3})");

    /** Throws {@link IllegalArgumentException} on another form. */
    static EventType parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an event type: " + text);
        }
        return new EventType(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3)));
    }
}
