package org.ashar.web;

import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.PublicText;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;
import tools.jackson.databind.JsonNode;

/**
 * Reads the values of one JSON object and gathers everything that is wrong with them, so that the
 * sender hears of all faults at once.
 *
 * <p>Use: read every field into a variable, then make the command in {@link #valid}: it runs only
 * where no fault was found, and otherwise ends the request with a problem that names each fault by
 * JSON pointer. Fields that were not read are unknown and refused. A fault of form (missing,
 * unknown, of the wrong JSON type) makes the answer a 400, any other a 422.
 *
 * <p>A reader answers a stand-in of its type where it found a fault. Stand-ins mean nothing: decide
 * nothing on a value outside {@link #valid} and {@link #check}.
 */
public final class Fields extends Members {

    Fields(JsonNode node, String pointer, boolean muted, Context context) {
        super(node, pointer, muted, context);
    }

    /** Reads a whole body, which is a JSON object. */
    static Fields of(JsonNode object, PlaceRegistry places, LocalDate today) {
        return new Fields(object, "", false, new Context(new Faults(), places, today));
    }

    /**
     * Makes the command, where every field was good and known. Call it once, on the body itself,
     * after everything was read. Throws {@link ProblemException} otherwise.
     */
    public <T> T valid(Supplier<T> command) {
        refuseUnknown();
        context().faults().orThrow();
        T made = command.get();
        context().faults().orThrow();
        return made;
    }

    /** One line that the public will read, at most {@code limit} characters. */
    public String text(String name, int limit) {
        return string(name, "", text -> PublicText.check(text, limit, false));
    }

    /** A text of several lines that the public will read, at most {@code limit} characters. */
    public String lines(String name, int limit) {
        return string(name, "", text -> PublicText.check(text, limit, true));
    }

    /** One line in several languages, at most {@code limit} characters in each. */
    public MultilingualText multilingual(String name, int limit) {
        return nested(name, f -> ValueObjects.multilingual(f, limit, false));
    }

    /** A text of several lines in several languages, at most {@code limit} characters in each. */
    public MultilingualText multilingualLines(String name, int limit) {
        return nested(name, f -> ValueObjects.multilingual(f, limit, true));
    }

    /** An amount of either sign. */
    public Money money(String name) {
        return nested(name, ValueObjects::money);
    }

    /** An amount of nothing or more. */
    public Money moneyNotNegative(String name) {
        Money money = money(name);
        require(!money.isNegative(), name, "money.negative");
        return money;
    }

    /** An amount of more than nothing. */
    public Money moneyPositive(String name) {
        Money money = money(name);
        require(money.minor() > 0, name, "money.not-positive");
        return money;
    }

    /** Days from the first to the last, both included. */
    public Period period(String name) {
        return nested(name, ValueObjects::period);
    }

    /** {@code 2025-Q1}, {@code 2025-H2} or {@code 2025-SY}. */
    public ReportingPeriod reportingPeriod(String name) {
        return string(name, ValueObjects.NO_REPORTING_PERIOD, ReportingPeriod::parse);
    }

    /** A day, ISO 8601. */
    public LocalDate date(String name) {
        return string(name, LocalDate.EPOCH, ValueObjects::date);
    }

    /** A day that is not after the day of the command, in the installation's zone. */
    public LocalDate pastDate(String name) {
        LocalDate date = date(name);
        require(!date.isAfter(context().today()), name, "date.in-the-future");
        return date;
    }

    /** A place by scheme and code, as of {@code asOf} or else of the day of the command. */
    public PlaceRef place(String name) {
        return nested(name, f -> ValueObjects.place(f, context().places(), context().today()));
    }

    /** A function of government, a development goal or a topic. */
    public Classification classification(String name) {
        return nested(name, ValueObjects::classification);
    }

    /** What is published about a file that proves something. */
    public Evidence evidence(String name) {
        return nested(name, f -> ValueObjects.evidence(f));
    }

    /** A constant of {@code type}, in kebab-case. */
    public <E extends Enum<E>> E oneOf(String name, Class<E> type) {
        E[] constants = type.getEnumConstants();
        if (constants == null) {
            throw new IllegalArgumentException(type + " is no enum");
        }
        return string(name, constants[0], text -> ValueObjects.constant(text, constants));
    }

    /** One of these words. */
    public String oneOf(String name, Collection<String> allowed) {
        return string(name, "", text -> ValueObjects.word(text, allowed));
    }

    /** True or false. */
    public boolean flag(String name) {
        return value(
                name,
                "field.not-a-boolean",
                false,
                JsonNode::isBoolean,
                n -> Checked.valid(n.booleanValue()));
    }

    /** A whole number from {@code min} to {@code max}. */
    public long integer(String name, long min, long max) {
        return value(
                name,
                "field.not-an-integer",
                min,
                n -> n.isIntegralNumber() && n.canConvertToLong(),
                n -> ValueObjects.between(n.longValue(), min, max));
    }

    /** 64 lower-case hex digits. */
    public Sha256 sha256(String name) {
        return string(name, ValueObjects.NO_DIGEST, Sha256::parse);
    }

    /** An https address, without a user name. */
    public URI https(String name) {
        return string(name, ValueObjects.NO_LINK, ValueObjects::https);
    }

    /** The stream {@code <type>/<id>} of this type. */
    public StreamId stream(String name, String type) {
        return string(
                name,
                StreamId.derived(type),
                text ->
                        StreamId.parse(text)
                                .then(
                                        stream ->
                                                stream.type().equals(type)
                                                        ? Checked.valid(stream)
                                                        : Checked.invalid("stream.malformed")));
    }

    /** A BCP 47 tag, in its canonical form. */
    public String language(String name) {
        return string(name, "en", MultilingualText::languageTag);
    }

    /** An e-mail address of an office. */
    public String email(String name) {
        return string(name, "", ValueObjects::email);
    }

    /** A telephone number of an office. */
    public String telephone(String name) {
        return string(name, "", ValueObjects::telephone);
    }

    /** An object. */
    public <T> T nested(String name, Function<Fields, T> read) {
        return inside(name, "field.not-an-object", JsonNode::isObject, read);
    }

    /** A list of {@code min} to {@code max} objects. */
    public <T> List<T> list(String name, int min, int max, Function<Fields, T> read) {
        return listOf(name, min, max, (elements, index) -> elements.nested(index, read));
    }

    /**
     * A list of {@code min} to {@code max} values of any kind: {@code listOf("tags", 0, 9, (f, n)
     * -> f.text(n, 40))}.
     */
    public <T> List<T> listOf(String name, int min, int max, BiFunction<Fields, String, T> read) {
        return inside(
                name,
                "field.not-a-list",
                JsonNode::isArray,
                elements -> {
                    int size = elements.size();
                    if (elements.isPresent() && (size < min || size > max)) {
                        invalid(
                                name,
                                size < min ? "list.too-short" : "list.too-long",
                                Map.of("min", Integer.toString(min), "max", Integer.toString(max)));
                        return List.of();
                    }
                    List<T> values = new ArrayList<>(size);
                    for (int i = 0; i < size; i++) {
                        values.add(read.apply(elements, Integer.toString(i)));
                    }
                    return values;
                });
    }

    /** A field that may be absent or null: {@code optional("link", Fields::https)}. */
    public <T> Optional<T> optional(String name, BiFunction<Fields, String, T> read) {
        return has(name) ? Optional.ofNullable(read.apply(this, name)) : Optional.empty();
    }

    /**
     * A rule over several fields, broken at {@code name}; asked only where no fault was found so
     * far, so that the values are real.
     */
    public void check(String name, String code, BooleanSupplier holds) {
        if (context().faults().isEmpty() && !holds.getAsBoolean()) {
            invalid(name, code, Map.of());
        }
    }

    private void require(boolean holds, String name, String code) {
        if (!holds) {
            invalid(name, code, Map.of());
        }
    }
}
