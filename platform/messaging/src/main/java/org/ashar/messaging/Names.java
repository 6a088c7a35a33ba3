package org.ashar.messaging;

/** The forms of names that become part of collections, groups and filters. */
final class Names {

    private static final int LONGEST = 40;

    private Names() {}

    /** {@code [a-z][a-z0-9-]{0,39}}. */
    static String kebab(String name) {
        return require(name, '-', false);
    }

    /** {@code [a-z][a-z0-9_]{0,39}}. */
    static String collection(String name) {
        return require(name, '_', false);
    }

    /** {@code [a-zA-Z][a-zA-Z0-9_]{0,39}}. */
    static String field(String name) {
        return require(name, '_', true);
    }

    private static String require(String name, char joint, boolean capitals) {
        boolean good = !name.isEmpty() && name.length() <= LONGEST;
        for (int i = 0; good && i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || capitals && c >= 'A' && c <= 'Z';
            good = letter || i > 0 && (c == joint || c >= '0' && c <= '9');
        }
        if (!good) {
            throw new IllegalArgumentException("not a name: " + name);
        }
        return name;
    }
}
