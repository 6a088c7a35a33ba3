package org.ashar.budgetcommitments.api;

import java.util.List;
import java.util.Map;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.web.Fields;
import org.jspecify.annotations.Nullable;

/** What the bodies of several commands have in common. */
final class Forms {

    static final int TITLE = 300;
    static final int NARRATIVE = 4_000;
    static final int REFERENCE = 100;

    /** More than any list may hold: the domain's own limits answer with their own codes. */
    static final int ENTRIES = 200;

    private Forms() {}

    /** Whether the official saw the warning of personal data and publishes all the same. */
    static boolean acknowledged(Fields f) {
        return f.optional("acknowledgePersonalData", Fields::flag).orElse(false);
    }

    static @Nullable MultilingualText narrative(Fields f, String name) {
        return f.optional(name, (g, n) -> g.multilingualLines(n, NARRATIVE)).orElse(null);
    }

    static @Nullable MultilingualText title(Fields f, String name) {
        return f.optional(name, (g, n) -> g.multilingual(n, TITLE)).orElse(null);
    }

    static List<Evidence> evidence(Fields f) {
        return f.optional(
                        "evidence",
                        (g, name) ->
                                g.listOf(name, 0, ENTRIES, (elements, i) -> elements.evidence(i)))
                .orElse(List.of());
    }

    /** An organisation by the name that tokens know it by. */
    static String organisation(Fields f, String name) {
        return f.string(
                name,
                "",
                text ->
                        text.matches("[\\p{L}\\p{N}][^\\p{C}]{0,119}")
                                ? Checked.valid(text)
                                : Checked.invalid("organisation.malformed", Map.of()));
    }
}
