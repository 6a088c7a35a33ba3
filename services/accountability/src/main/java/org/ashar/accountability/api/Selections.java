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

    private Selections() {}

    /** By type, place, commitment, plan, school and organisation. */
    static Selection of(Query query) {
        return new Selection(
                query.value("type", Selections::type).orElse(null),
                query.value("place", Selections::place).orElse(null),
                query.value("commitment", Selections::commitment).orElse(null),
                query.value("plan", Selections::plan).orElse(null),
                query.value("school", Selections::school).orElse(null),
                query.value("organisation", Selections::organisation).orElse(null));
    }

    /** The same in a body, as the object {@code filter}. */
    static Selection of(Fields body) {
        return body.optional("filter", (all, name) -> all.nested(name, Selections::filter))
                .orElse(Selection.ANY);
    }

    private static Selection filter(Fields filter) {
        return new Selection(
                value(filter, "type", Selections::type),
                value(filter, "place", Selections::place),
                value(filter, "commitment", Selections::commitment),
                value(filter, "plan", Selections::plan),
                value(filter, "school", Selections::school),
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
        return stream(Selection.COMMITMENT, text, "ledger.malformed-commitment");
    }

    private static Checked<String> plan(String text) {
        return stream(Selection.PLAN, text, "ledger.malformed-plan");
    }

    private static Checked<String> school(String text) {
        return stream(Selection.SCHOOL, text, "ledger.malformed-school");
    }

    private static Checked<String> stream(String type, String id, String code) {
        return StreamId.isId(id)
                ? Checked.valid(new StreamId(type, id).toString())
                : Checked.invalid(code);
    }

    private static Checked<String> organisation(String text) {
        return text.length() <= LONGEST_ORGANISATION
                        && !text.isBlank()
                        && text.chars().noneMatch(Character::isISOControl)
                ? Checked.valid(text)
                : Checked.invalid("ledger.malformed-organisation");
    }
}
