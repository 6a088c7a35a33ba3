package org.ashar.budgetcommitments.domain;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.Refusal.Kind;
import org.ashar.kernel.Refusal.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a text what may identify a person, so that an official is warned before it is public for
 * ever. It warns too often rather than too seldom, but never on amounts, dates or place codes.
 */
public final class PersonalData {

    /** What was found. */
    public enum Found {
        PHONE,
        EMAIL,
        PERSONAL_ID
    }

    public static final String CODE = "text.personal-data";

    private static final Pattern EMAIL =
            Pattern.compile(
                    "[\\p{L}\\p{N}._%+-]{1,64}\\s?@\\s?[\\p{L}\\p{N}-]{1,63}(\\.[\\p{L}\\p{N}-]{1,63}){1,8}");
    private static final Pattern PHONE =
            Pattern.compile(
                    "(?<![\\p{N}.,+])(?:\\+\\s?\\(?[1-9]|00[1-9]|0[1-9]|0 ?\\([1-9]|\\(0)(?:[ \\u00a0().–-]{0,2}[0-9]){7,13}(?![0-9])");
    private static final Pattern DIGITS =
            Pattern.compile("(?<![0-9])(?:[0-9]{12}|[0-9]{14})(?![0-9])");

    private PersonalData() {}

    /** What {@code text} seems to hold. */
    public static Set<Found> in(String text) {
        String plain = westernDigits(Normalizer.normalize(text, Normalizer.Form.NFKC));
        Set<Found> found = EnumSet.noneOf(Found.class);
        if (EMAIL.matcher(plain).find()) {
            found.add(Found.EMAIL);
        }
        if (PHONE.matcher(plain).find()) {
            found.add(Found.PHONE);
        }
        Matcher digits = DIGITS.matcher(plain);
        while (digits.find()) {
            if (isPersonalId(digits.group())) {
                found.add(Found.PERSONAL_ID);
            }
        }
        return found;
    }

    /**
     * The refusal of a command that would publish these texts, by their pointers, without the
     * official having seen the warning.
     */
    public static Optional<Refusal> refusal(
            boolean acknowledged, Map<String, ? extends @Nullable MultilingualText> texts) {
        if (acknowledged) {
            return Optional.empty();
        }
        List<Violation> violations = new ArrayList<>();
        texts.forEach(
                (pointer, text) -> {
                    if (text != null) {
                        text.texts()
                                .forEach(
                                        (language, translation) ->
                                                in(translation.value())
                                                        .forEach(
                                                                found ->
                                                                        violations.add(
                                                                                violation(
                                                                                        pointer,
                                                                                        language,
                                                                                        found))));
                    }
                });
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(Kind.INVALID, CODE, Map.of(), violations));
    }

    private static Violation violation(String pointer, String language, Found found) {
        return new Violation(
                pointer,
                CODE,
                Map.of(
                        "language",
                        language,
                        "found",
                        found.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    /** Kyrgyz PIN: sex (1, 2), ddMMyyyy, five digits. Kazakh IIN: yyMMdd, century, five digits. */
    private static boolean isPersonalId(String digits) {
        if (digits.length() == 14) {
            char sex = digits.charAt(0);
            return (sex == '1' || sex == '2')
                    && isDate(
                            digits.substring(5, 9), digits.substring(3, 5), digits.substring(1, 3));
        }
        char century = digits.charAt(6);
        return century >= '1'
                && century <= '6'
                && isDate(
                        "20" + digits.substring(0, 2),
                        digits.substring(2, 4),
                        digits.substring(4, 6));
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

    private static String westernDigits(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            int digit = Character.digit(c, 10);
                            if (digit >= 0) {
                                plain.append((char) ('0' + digit));
                            } else {
                                plain.appendCodePoint(c);
                            }
                        });
        return plain.toString();
    }
}
