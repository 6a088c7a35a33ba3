package org.ashar.progressreports.readmodel.record;

import java.util.Locale;

/** How constants are written outside the code. */
final class Kebab {

    private Kebab() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
