package org.ashar.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be measured by itself. */
enum Part {
    START,
    COMMANDS,
    LEDGER,
    STORE;

    /**
     * The part of this name. Throws {@link IllegalArgumentException}, which names them all, where
     * there is none.
     */
    static Part of(String name) {
        return Arrays.stream(values())
                .filter(part -> part.title().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "--only is one of "
                                                + Arrays.stream(values())
                                                        .map(Part::title)
                                                        .collect(Collectors.joining(", "))));
    }

    private String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
