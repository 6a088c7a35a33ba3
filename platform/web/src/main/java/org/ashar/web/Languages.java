package org.ashar.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of the interface's languages a reader gets: the one asked for by {@code ?lang=}, else the
 * best of {@code Accept-Language} (RFC 9110), else the installation's own. Whatever is malformed or
 * unknown is passed over: a language is a wish, never an error.
 *
 * @param installation the language of readers who ask for none
 */
public record Languages(String installation) {

    /** The languages of the interface. */
    public static final List<String> INTERFACE = List.of("ky", "ru", "en", "ar", "th");

    private static final int MAX_HEADER = 1_000;
    private static final int MAX_RANGES = 30;

    private record Range(String language, double quality) {}

    /** Throws {@link IllegalArgumentException} on a language that the interface does not have. */
    public Languages {
        if (!INTERFACE.contains(installation)) {
            throw new IllegalArgumentException(
                    "the installation's language is one of " + INTERFACE + ", not " + installation);
        }
    }

    /** The language for this request. */
    public String of(HttpServletRequest request) {
        return of(QueryString.first(request, "lang"), request.getHeader("Accept-Language"));
    }

    /** The language for these wishes. */
    public String of(@Nullable String parameter, @Nullable String acceptLanguage) {
        return offered(parameter).or(() -> accepted(acceptLanguage)).orElse(installation);
    }

    private static Optional<String> offered(@Nullable String tag) {
        if (tag == null || tag.length() > 35) {
            return Optional.empty();
        }
        String primary = tag.strip().split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
        return INTERFACE.contains(primary) ? Optional.of(primary) : Optional.empty();
    }

    private Optional<String> accepted(@Nullable String header) {
        if (header == null || header.length() > MAX_HEADER) {
            return Optional.empty();
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : header.split(",", MAX_RANGES)) {
            range(part).ifPresent(ranges::add);
        }
        return ranges.stream()
                .filter(range -> range.quality() > 0)
                .sorted(Comparator.comparingDouble(Range::quality).reversed())
                .map(Range::language)
                .findFirst();
    }

    private Optional<Range> range(String part) {
        String[] pieces = part.split(";", 2);
        Optional<String> language =
                pieces[0].strip().equals("*") ? Optional.of(installation) : offered(pieces[0]);
        if (pieces.length == 1) {
            return language.map(tag -> new Range(tag, 1));
        }
        String weight = pieces[1].replace(" ", "");
        if (!weight.matches("[qQ]=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
            return Optional.empty();
        }
        double quality = Double.parseDouble(weight.substring(2));
        return language.map(tag -> new Range(tag, quality));
    }
}
