package org.ashar.messaging;

import java.util.regex.Pattern;

/** The forms of names that become part of collections, groups and filters. */
final class Names {

    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern COLLECTION = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern FIELD = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,39}");

    private Names() {}

    static String kebab(String name) {
        return require(KEBAB, name);
    }

    static String collection(String name) {
        return require(COLLECTION, name);
    }

    static String field(String name) {
        return require(FIELD, name);
    }

    private static String require(Pattern form, String name) {
        if (!form.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name: " + name);
        }
        return name;
    }
}
