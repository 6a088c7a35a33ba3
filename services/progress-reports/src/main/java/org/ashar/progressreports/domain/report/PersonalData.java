package org.ashar.progressreports.domain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.kernel.MultilingualText;

/** Finds what looks like a person's telephone number, e-mail address or identifier in a text. */
public final class PersonalData {

    public enum Kind {
        EMAIL,
        TELEPHONE,
        IDENTIFIER
    }

    public record Found(Kind kind, String language) {}

    private record Sign(Kind kind, Pattern form, Predicate<String> confirmed) {}

    private static final String EDGE = "(?<![\\p{L}\\p{N}])";
    private static final String END = "(?![\\p{L}\\p{N}])";

    private static final List<Sign> SIGNS =
            List.of(
                    new Sign(
                            Kind.EMAIL,
                            Pattern.compile(
                                    "[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,8}"),
                            _ -> true),
                    // A personal number begins with the sex and the birthday (ddmmyyyy).
                    new Sign(
                            Kind.IDENTIFIER,
                            Pattern.compile(
                                    EDGE
                                            + "[12](0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])(19|20)[0-9]{7}"
                                            + END),
                            _ -> true),
                    // A twelve-digit identification number begins with the birthday (yymmdd).
                    new Sign(
                            Kind.IDENTIFIER,
                            Pattern.compile(
                                    EDGE
                                            + "[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-6][0-9]{5}"
                                            + END),
                            _ -> true),
                    new Sign(
                            Kind.IDENTIFIER,
                            Pattern.compile(EDGE + "(?:AN|ID|PE|AC)[ №]{0,2}[0-9]{7}" + END),
                            _ -> true),
                    new Sign(
                            Kind.TELEPHONE,
                            Pattern.compile("\\+[ ]?[0-9](?:[ ().-]{0,2}[0-9]){7,14}" + END),
                            _ -> true),
                    // A national number: the trunk 0, nine more digits, written in groups or not.
                    new Sign(
                            Kind.TELEPHONE,
                            Pattern.compile(
                                    EDGE
                                            + "\\(?0(?:[ ()-]{0,2}[1-9])(?:[ ()-]{0,2}[0-9]){8}"
                                            + END),
                            PersonalData::notADate));

    private PersonalData() {}

    /** Each kind once a language, in the order of the languages' tags. */
    public static List<Found> in(MultilingualText text) {
        List<Found> found = new ArrayList<>();
        for (Map.Entry<String, MultilingualText.Translation> entry : text.texts().entrySet()) {
            for (Kind kind : kinds(entry.getValue().value())) {
                found.add(new Found(kind, entry.getKey()));
            }
        }
        return found;
    }

    static List<Kind> kinds(String text) {
        String digits = withAsciiDigits(text);
        return SIGNS.stream()
                .filter(sign -> shows(sign, digits))
                .map(Sign::kind)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean shows(Sign sign, String text) {
        Matcher matcher = sign.form().matcher(text);
        while (matcher.find()) {
            if (sign.confirmed().test(matcher.group())) {
                return true;
            }
        }
        return false;
    }

    private static boolean notADate(String match) {
        return !match.matches("0[1-9][ -](0[1-9]|1[0-2])[ -](19|20)[0-9]{2}.*");
    }

    /** Numbers hide from nobody behind Arabic, Persian or Thai digits. */
    private static String withAsciiDigits(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            int digit = Character.digit(c, 10);
                            if (digit >= 0 && Character.isDigit(c)) {
                                plain.append((char) ('0' + digit));
                            } else if (c == 0xA0 || c == 0x202F || c == 0x2009) {
                                plain.append(' ');
                            } else if (c >= 0x2010 && c <= 0x2013) {
                                plain.append('-');
                            } else {
                                plain.appendCodePoint(c);
                            }
                        });
        return plain.toString();
    }
}
