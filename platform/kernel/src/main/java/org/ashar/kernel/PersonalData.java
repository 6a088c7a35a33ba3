package org.ashar.kernel;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.kernel.Refusal.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a text what may identify a person, so that an official is warned before it is public for
 * ever. It warns too often rather than too seldom, but never on amounts written in groups, dates or
 * place codes.
 *
 * <p>Guarantee: digits of every script, full-width letters and unusual spaces and dashes hide
 * nothing. The time is linear in the text. A name, or a number in words, is not found.
 */
public final class PersonalData {

    /** What was found. */
    public enum Kind {
        EMAIL,
        TELEPHONE,
        IDENTIFIER
    }

    /** The code of the warning. */
    public static final String CODE = "text.personal-data";

    /** The language of a text that is written in none: it stands at its pointer itself. */
    public static final String NO_LANGUAGE = "und";

    private record Sign(Kind kind, Pattern form, Predicate<String> confirmed) {}

    private static final String START = "(?<![0-9])(?<![0-9][.,/-])";
    private static final String END = "(?![0-9])";
    private static final String GAP = "[ ().-]{0,2}";

    private static final List<Sign> SIGNS =
            List.of(
                    sign(
                            Kind.EMAIL,
                            "[\\p{L}\\p{N}._%+-]{1,64} ?@ ?[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,8}"),
                    // International, after + or 00.
                    sign(
                            Kind.TELEPHONE,
                            "(?:\\+ ?\\(?|" + START + "00 ?)[1-9](?:" + GAP + "[0-9]){7,13}" + END),
                    // National, after the trunk prefix 0.
                    new Sign(
                            Kind.TELEPHONE,
                            Pattern.compile(
                                    START + "\\(?0[ ()-]{0,2}[1-9](?:" + GAP + "[0-9]){7,9}" + END),
                            PersonalData::isNoDate),
                    // National, after the trunk prefix 8.
                    sign(
                            Kind.TELEPHONE,
                            START
                                    + "8[ -]?\\(?7[0-9]{2}\\)?[ -]?[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}"
                                    + END),
                    // Kyrgyz: sex, birthday (ddmmyyyy), five digits.
                    new Sign(
                            Kind.IDENTIFIER,
                            Pattern.compile("(?<![0-9])[12][0-9]{13}" + END),
                            id ->
                                    isDate(
                                            id.substring(5, 9),
                                            id.substring(3, 5),
                                            id.substring(1, 3))),
                    // Kazakh: birthday (yymmdd), century, five digits.
                    new Sign(
                            Kind.IDENTIFIER,
                            Pattern.compile("(?<![0-9])[0-9]{6}[0-6][0-9]{5}" + END),
                            id ->
                                    isDate(
                                            "20" + id.substring(0, 2),
                                            id.substring(2, 4),
                                            id.substring(4, 6))),
                    // Passport or identity card.
                    sign(
                            Kind.IDENTIFIER,
                            "(?<![\\p{L}\\p{N}])(?:AN|ID|PE|AC)[ №]{0,2}[0-9]{7}" + END));

    private PersonalData() {}

    /** What {@code text} seems to hold. */
    public static Set<Kind> in(String text) {
        String plain = plain(text);
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        for (Sign sign : SIGNS) {
            if (!found.contains(sign.kind()) && shows(sign, plain)) {
                found.add(sign.kind());
            }
        }
        return found;
    }

    /**
     * The refusal of a command that would publish these texts, by their pointers, without the
     * official having seen the warning. It names each text, its language and what was found.
     */
    public static Optional<Refusal> refusal(
            boolean acknowledged, Map<String, ? extends @Nullable MultilingualText> texts) {
        if (acknowledged) {
            return Optional.empty();
        }
        List<Violation> violations = new ArrayList<>();
        texts.forEach((pointer, text) -> warn(pointer, text, violations));
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(Refusal.Kind.INVALID, CODE, Map.of(), violations));
    }

    private static void warn(
            String pointer, @Nullable MultilingualText text, List<Violation> violations) {
        if (text == null) {
            return;
        }
        text.texts()
                .forEach(
                        (language, translation) -> {
                            for (Kind kind : in(translation.value())) {
                                violations.add(
                                        new Violation(
                                                language.equals(NO_LANGUAGE)
                                                        ? pointer
                                                        : pointer + "/texts/" + language + "/value",
                                                CODE,
                                                Map.of(
                                                        "language",
                                                        language,
                                                        "kind",
                                                        kind.name().toLowerCase(Locale.ROOT))));
                            }
                        });
    }

    private static Sign sign(Kind kind, String form) {
        return new Sign(kind, Pattern.compile(form), _ -> true);
    }

    private static boolean shows(Sign sign, String plain) {
        Matcher matcher = sign.form().matcher(plain);
        while (matcher.find()) {
            if (sign.confirmed().test(matcher.group())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNoDate(String number) {
        return !number.matches("0[1-9][ .-](0[1-9]|1[0-2])[ .-](19|20)[0-9]{2}.*");
    }

    private static boolean isDate(String year, String month, String day) {
        int y = Integer.parseInt(year);
        try {
            return y >= 1900
                    && y <= 2099
                    && LocalDate.of(y, Integer.parseInt(month), Integer.parseInt(day)) != null;
        } catch (DateTimeException notADate) {
            return false;
        }
    }

    /** With western digits, plain spaces and hyphens. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(
                        c -> {
                            int digit = Character.isDigit(c) ? Character.digit(c, 10) : -1;
                            if (digit >= 0) {
                                plain.append((char) ('0' + digit));
                            } else if (Character.getType(c) == Character.DASH_PUNCTUATION) {
                                plain.append('-');
                            } else if (Character.isWhitespace(c)) {
                                plain.append(' ');
                            } else {
                                plain.appendCodePoint(c);
                            }
                        });
        return plain.toString();
    }
}
