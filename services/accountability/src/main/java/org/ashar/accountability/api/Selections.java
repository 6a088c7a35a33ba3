package org.ashar.accountability.api;

import java.util.function.Function;
import org.ashar.accountability.ledger.Selection;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.web.Fields;
import org.ashar.web.Query;
import org.jspecify.annotations.Nullable;

/** Filters of entries, which are the same wherever entries are read. */
final class Selections {

    private static final int LONGEST_ORGANISATION = 120;

    private static final Selection ANY = new Selection(null, null, null, null);

    private Selections() {}

    /** By {@code type}, {@code place}, {@code commitment} and {@code organisation}. */
    static Selection of(Query query) {
        return new Selection(
                query.value("type", Selections::type).orElse(null),
                query.value("place", Selections::place).orElse(null),
                query.value("commitment", Selections::commitment).orElse(null),
                query.value("organisation", Selections::organisation).orElse(null));
    }

    /** The same in a body, as the object {@code filter}. */
    static Selection of(Fields body) {
        return body.optional("filter", (all, name) -> all.nested(name, Selections::filter))
                .orElse(ANY);
    }

    private static Selection filter(Fields filter) {
        return new Selection(
                value(filter, "type", Selections::type),
                value(filter, "place", Selections::place),
                value(filter, "commitment", Selections::commitment),
                value(filter, "organisation", Selections::organisation));
    }

    private static @Nullable String value(
            Fields filter, String name, Function<String, Checked<String>> rule) {
        return filter.optional(name, (all, one) -> all.string(one, "", rule)).orElse(null);
    }

    static Checked<Long> index(String text) {
        return text.matches("0|[1-9][0-9]{0,17}")
                ? Checked.valid(Long.parseLong(text))
                : Checked.invalid("ledger.malformed-index");
    }

    private static Checked<String> type(String text) {
        return text.matches("org\\.ashar\\.[a-z-]{1,63}\\.[a-z-]{1,95}\\.v[1-9][0-9]{0,3}")
                ? Checked.valid(text)
                : Checked.invalid("ledger.malformed-type");
    }

    static Checked<String> place(String text) {
        return text.matches("[a-z0-9-]{1,40}/[A-Za-z0-9][A-Za-z0-9.-]{0,39}")
                ? Checked.valid(text)
                : Checked.invalid("ledger.malformed-place");
    }

    private static Checked<String> commitment(String text) {
        return StreamId.isId(text)
                ? Checked.valid(new StreamId("commitment", text).toString())
                : Checked.invalid("ledger.malformed-commitment");
    }

    private static Checked<String> organisation(String text) {
        return text.length() <= LONGEST_ORGANISATION
                        && !text.isBlank()
                        && text.chars().noneMatch(Character::isISOControl)
                ? Checked.valid(text)
                : Checked.invalid("ledger.malformed-organisation");
    }
}
