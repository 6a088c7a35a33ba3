package org.ashar.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.MultilingualText.Provenance;
import org.ashar.kernel.MultilingualText.Translation;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.kernel.Sha256;

/** How each kernel value is read from a request, and what stands in for it after a fault. */
final class ValueObjects {

    /** More than nothing, so that no rule about signs finds a second fault. */
    static final Money NO_MONEY = Money.of(1, "KGS");

    static final ReportingPeriod NO_REPORTING_PERIOD =
            new ReportingPeriod(Frequency.QUARTER, 1970, 1);
    static final Sha256 NO_DIGEST = new Sha256("0".repeat(64));
    static final URI NO_LINK = URI.create("https://invalid");

    private static final Period NO_PERIOD = new Period(LocalDate.EPOCH, LocalDate.EPOCH);
    private static final PlaceRef NO_PLACE = new PlaceRef("none", "0", "", LocalDate.EPOCH);
    private static final Classification NO_CLASSIFICATION = new Classification("topic", "none");

    private static final long MAX_FILE = 1_000_000_000_000L;
    private static final int MAX_URL = 2_000;
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2999, 12, 31);

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");
    private static final Pattern EMAIL =
            Pattern.compile(
                    "[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
                            + "[A-Za-z]{2,24}");
    private static final Pattern TELEPHONE = Pattern.compile("\\+?[0-9]([ ()./-]{0,2}[0-9]){3,17}");
    private static final Map<String, Pattern> CLASSIFICATIONS =
            Map.of(
                    "cofog", Pattern.compile("(0[1-9]|10)(\\.[1-9]){0,2}"),
                    "sdg", Pattern.compile("([1-9]|1[0-7])(\\.([1-9][0-9]?|[a-d]))?"),
                    "sdg-local", Pattern.compile("[0-9A-Za-z][0-9A-Za-z.-]{0,29}"),
                    "topic", Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+){0,9}"));

    private ValueObjects() {}

    static MultilingualText multilingual(Fields f, int limit, boolean lines) {
        String original = f.language("original");
        TreeMap<String, Translation> texts = new TreeMap<>();
        f.nested(
                "texts",
                all -> {
                    for (String tag :
                            all.names(MultilingualText.MAX_LANGUAGES, "language.too-many")) {
                        translation(all, tag, limit, lines, texts);
                    }
                    return texts;
                });
        f.check("original", "language.original-missing", () -> texts.containsKey(original));
        texts.putIfAbsent(original, new Translation("", Provenance.HUMAN));
        return new MultilingualText(original, texts);
    }

    private static void translation(
            Fields all, String tag, int limit, boolean lines, Map<String, Translation> texts) {
        Translation translation =
                all.nested(
                        tag,
                        f ->
                                new Translation(
                                        lines ? f.lines("value", limit) : f.text("value", limit),
                                        f.optional(
                                                        "provenance",
                                                        (g, n) -> g.oneOf(n, Provenance.class))
                                                .orElse(Provenance.HUMAN)));
        switch (MultilingualText.languageTag(tag)) {
            case Checked.Valid<String>(String canonical) -> {
                if (texts.putIfAbsent(canonical, translation) != null) {
                    all.invalid(tag, "language.twice", Map.of());
                }
            }
            case Checked.Invalid<String>(String code, Map<String, String> arguments) ->
                    all.invalid(tag, code, arguments);
        }
    }

    static Money money(Fields f) {
        String amount = f.string("amount", "1", Checked::valid);
        String currency = f.string("currency", "KGS", Checked::valid);
        return switch (Money.parse(amount, currency)) {
            case Checked.Valid<Money>(Money money) -> money;
            case Checked.Invalid<Money>(String code, Map<String, String> arguments) -> {
                boolean aboutCurrency = code.equals("money.unknown-currency");
                f.invalid(aboutCurrency ? "currency" : "amount", code, arguments);
                yield NO_MONEY;
            }
        };
    }

    static Period period(Fields f) {
        LocalDate start = f.date("start");
        LocalDate end = f.string("end", LAST_DAY, ValueObjects::date);
        return switch (Period.of(start, end)) {
            case Checked.Valid<Period>(Period period) -> period;
            case Checked.Invalid<Period>(String code, Map<String, String> arguments) -> {
                f.invalid("end", code, arguments);
                yield NO_PERIOD;
            }
        };
    }

    static PlaceRef place(Fields f, PlaceRegistry places, LocalDate today) {
        String scheme = f.string("scheme", "", text -> placeText(text, "[a-z][a-z0-9-]{0,19}"));
        String code =
                f.string("code", "", text -> placeText(text, "[A-Za-z0-9][A-Za-z0-9.-]{0,39}"));
        LocalDate asOf = f.optional("asOf", Fields::date).orElse(today);
        if (scheme.isEmpty() || code.isEmpty()) {
            return NO_PLACE;
        }
        return switch (places.find(scheme, code, asOf)) {
            case Checked.Valid<PlaceRef>(PlaceRef place) -> place;
            case Checked.Invalid<PlaceRef>(String rule, Map<String, String> arguments) -> {
                f.invalid(
                        rule.equals("place.not-valid-on-date") && f.has("asOf") ? "asOf" : "code",
                        rule,
                        arguments);
                yield NO_PLACE;
            }
        };
    }

    private static Checked<String> placeText(String text, String form) {
        return text.matches(form) ? Checked.valid(text) : Checked.invalid("place.unknown");
    }

    static Classification classification(Fields f) {
        String scheme = f.oneOf("scheme", CLASSIFICATIONS.keySet());
        String code = f.string("code", "", Checked::valid);
        Pattern form = CLASSIFICATIONS.get(scheme);
        if (form == null) {
            return NO_CLASSIFICATION;
        }
        if (code.length() > 100 || !form.matcher(code).matches()) {
            f.invalid("code", "classification.malformed", Map.of("scheme", scheme));
        }
        return new Classification(scheme, code);
    }

    static Evidence evidence(Fields f) {
        return new Evidence(
                f.sha256("sha256"),
                f.string("mediaType", "", ValueObjects::mediaType),
                f.integer("size", 1, MAX_FILE),
                f.pastDate("capturedOn"),
                f.optional("place", Fields::place).orElse(null),
                f.optional("licence", (g, n) -> g.text(n, 200)).orElse(null),
                f.optional("facesConsented", Fields::flag).orElse(null),
                f.optional("link", Fields::https).orElse(null));
    }

    static Checked<LocalDate> date(String text) {
        return date(text, LAST_DAY);
    }

    static Checked<LocalDate> date(String text, LocalDate last) {
        if (!DATE.matcher(text).matches()) {
            return Checked.invalid("date.malformed");
        }
        try {
            LocalDate date = LocalDate.parse(text);
            return date.isBefore(FIRST_DAY) || date.isAfter(last)
                    ? Checked.invalid(
                            "date.out-of-range",
                            Map.of("first", FIRST_DAY.toString(), "last", last.toString()))
                    : Checked.valid(date);
        } catch (DateTimeParseException e) {
            return Checked.invalid("date.malformed");
        }
    }

    static <E extends Enum<E>> Checked<E> constant(String text, E[] constants) {
        return Arrays.stream(constants)
                .filter(constant -> kebab(constant).equals(text))
                .findFirst()
                .map(Checked::valid)
                .orElseGet(
                        () ->
                                notAllowed(
                                        Arrays.stream(constants)
                                                .map(ValueObjects::kebab)
                                                .toList()));
    }

    static Checked<String> word(String text, Collection<String> allowed) {
        return allowed.contains(text)
                ? Checked.valid(text)
                : notAllowed(allowed.stream().sorted().toList());
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> Checked<T> notAllowed(List<String> allowed) {
        return Checked.invalid("value.not-allowed", Map.of("allowed", String.join(", ", allowed)));
    }

    static Checked<Long> between(long value, long min, long max) {
        return value < min || value > max
                ? Checked.invalid(
                        "number.out-of-range",
                        Map.of("min", Long.toString(min), "max", Long.toString(max)))
                : Checked.valid(value);
    }

    static Checked<URI> https(String text) {
        if (text.length() > MAX_URL || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return Checked.invalid("url.malformed");
        }
        try {
            URI uri = new URI(text).parseServerAuthority();
            if (!"https".equals(uri.getScheme())) {
                return Checked.invalid("url.not-https");
            }
            return uri.getHost() == null || uri.getRawUserInfo() != null
                    ? Checked.invalid("url.malformed")
                    : Checked.valid(uri);
        } catch (URISyntaxException e) {
            return Checked.invalid("url.malformed");
        }
    }

    private static Checked<String> mediaType(String text) {
        return matching(text, MEDIA_TYPE, 255, "media-type.malformed");
    }

    static Checked<String> email(String text) {
        return matching(text, EMAIL, 200, "email.malformed");
    }

    static Checked<String> telephone(String text) {
        return matching(text, TELEPHONE, 40, "telephone.malformed");
    }

    private static Checked<String> matching(String text, Pattern form, int limit, String code) {
        return text.length() <= limit && form.matcher(text).matches()
                ? Checked.valid(text)
                : Checked.invalid(code);
    }
}
