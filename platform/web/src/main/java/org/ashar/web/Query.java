package org.ashar.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.ashar.kernel.Checked;
import org.ashar.kernel.PublicText;
import org.ashar.security.Caller;
import org.ashar.web.Problem.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A request to read, as a controller's argument: who asks, if they say so, and the query's
 * parameters.
 *
 * <p>Use: read every parameter into a variable, then ask for the answer in {@link #valid}, which
 * runs only where no fault was found; a bad value, a parameter given twice or one that was not read
 * ends the request with a 400 that names them all. {@code lang} is always allowed and changes
 * problems alone. A token that is sent is judged even where none is needed: a bad one is a 401.
 */
public final class Query {

    private static final Pattern PLACE_KEY =
            Pattern.compile("[a-z][a-z0-9-]{0,19}:[A-Za-z0-9][A-Za-z0-9.-]{0,39}");
    private static final int MAX_CURSOR = 512;

    private final Map<String, List<String>> parameters;
    private final @Nullable String accept;
    private final Optional<Caller> caller;
    private final String language;
    private final Faults faults = new Faults();
    private final Set<String> known = new HashSet<>(Set.of("lang"));

    Query(HttpServletRequest request, Optional<Caller> caller, String language) {
        this.parameters =
                QueryString.parse(request.getQueryString())
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(400, "request.malformed-address")));
        this.accept = request.getHeader("Accept");
        this.caller = caller;
        this.language = language;
    }

    /** Who asks; empty for the public. */
    public Optional<Caller> caller() {
        return caller;
    }

    /** The reader's language, one of {@link Languages#INTERFACE}. Data never varies by it. */
    public String language() {
        return language;
    }

    /** Answers, where every parameter was good and known. Throws {@link ProblemException}. */
    public <T> T valid(Supplier<T> answer) {
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                String shown = Members.presentable(name);
                faults.malformed(Fault.inQuery(shown, "parameter.unknown", Map.of("name", shown)));
            }
        }
        faults.orThrow();
        return answer.get();
    }

    /** A short text to search for or to filter by. */
    public Optional<String> text(String name, int limit) {
        return value(name, text -> PublicText.check(text, limit, false));
    }

    /** A day, ISO 8601. */
    public Optional<LocalDate> date(String name) {
        return value(name, ValueObjects::date);
    }

    /** A day, ISO 8601, not after {@code last}. */
    public Optional<LocalDate> date(String name, LocalDate last) {
        return value(name, text -> ValueObjects.date(text, last));
    }

    /** A constant of {@code type}, in kebab-case. */
    public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        E[] constants = type.getEnumConstants();
        if (constants == null) {
            throw new IllegalArgumentException(type + " is no enum");
        }
        return value(name, text -> ValueObjects.constant(text, constants));
    }

    /** One of these words. */
    public Optional<String> oneOf(String name, Collection<String> allowed) {
        return value(name, text -> ValueObjects.word(text, allowed));
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> flag(String name) {
        return oneOf(name, Set.of("true", "false")).map(Boolean::valueOf);
    }

    /** A whole number from {@code min} to {@code max}. */
    public Optional<Long> integer(String name, long min, long max) {
        return value(
                name,
                text ->
                        text.matches("-?[0-9]{1,18}")
                                ? ValueObjects.between(Long.parseLong(text), min, max)
                                : Checked.invalid("number.malformed"));
    }

    /** The key of a place, {@code <scheme>:<code>}. Whether there is such a place is not asked. */
    public Optional<String> placeKey(String name) {
        return value(
                name,
                text ->
                        PLACE_KEY.matcher(text).matches()
                                ? Checked.valid(text)
                                : Checked.invalid("place.unknown"));
    }

    /** A parameter with a rule of its own. */
    public <T> Optional<T> value(String name, Function<String, Checked<T>> rule) {
        String text = single(name);
        if (text == null) {
            return Optional.empty();
        }
        return switch (rule.apply(text)) {
            case Checked.Valid<T>(T value) -> Optional.of(value);
            case Checked.Invalid<T>(String code, Map<String, String> arguments) -> {
                faults.malformed(Fault.inQuery(name, code, arguments));
                yield Optional.empty();
            }
        };
    }

    /** Which page is asked for. */
    public Paging paging() {
        Optional<String> after =
                value(
                        "after",
                        text ->
                                !text.isEmpty()
                                                && text.length() <= MAX_CURSOR
                                                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f)
                                        ? Checked.valid(text)
                                        : Checked.invalid("paging.bad-cursor"));
        long limit = integer("limit", 1, Paging.MAX_LIMIT).orElse((long) Paging.DEFAULT_LIMIT);
        return new Paging(after.orElse(null), (int) limit);
    }

    /** Refuses the cursor, which has the right form but means nothing in this list. */
    public ProblemException badCursor() {
        return new ProblemException(
                Problem.at(400, Fault.inQuery("after", "paging.bad-cursor", Map.of())));
    }

    /** Whether the reader prefers {@code text/csv}. */
    public boolean wantsCsv() {
        return Csv.isWanted(accept);
    }

    private @Nullable String single(String name) {
        known.add(name);
        List<String> values = parameters.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            faults.malformed(Fault.inQuery(name, "parameter.repeated", Map.of()));
            return null;
        }
        return values.getFirst();
    }
}
