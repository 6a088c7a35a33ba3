package org.ashar.places;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Brings the spellings of one name together: Cyrillic (Russian and Kyrgyz letters), the usual Latin
 * transliterations, with and without diacritics, single and double letters. Lossy on purpose: both
 * sides of a comparison are folded, and what is folded is never shown.
 *
 * <p>Russian names write the Kyrgyz ө and ү now with one letter, now with another (Көк: Кок, Кек;
 * Көл: Куль). So where they are asked for they stay, and stand for any of these.
 */
final class Folding {

    private static final String VOWELS = "aeiouөү";

    private static final String[] LATIN = new String[0x530];

    static {
        String[] pairs = {
            "аa", "бb", "вv", "гg", "дd", "еe", "ёe", "жzh", "зz", "иi", "йi", "кk", "лl", "мm",
            "нn", "ңn", "оo", "өo", "пp", "рr", "сs", "тt", "уu", "үu", "фf", "хh", "цts", "чch",
            "шsh", "щsh", "ъ", "ыi", "ь", "эe", "юiu", "яia", "yi", "wv", "qk"
        };
        for (String pair : pairs) {
            LATIN[pair.charAt(0)] = pair.substring(1);
        }
    }

    private Folding() {}

    /**
     * The folded words of a place's name, in order; empty when it has no letter or digit. Every
     * letter is a Latin one.
     */
    static List<String> words(String name) {
        return folded(name, false);
    }

    /** The words that somebody looks for, in order: as {@link #words}, but with every ө and ү. */
    static List<String> asked(String text) {
        return folded(text, true);
    }

    /**
     * Whether {@code word} of a name begins as the one that is asked for, or is its Russian
     * adjective (Кулжа: Кулжинский).
     */
    static boolean begins(String asked, String word) {
        if (beginsSo(asked, word)) {
            return true;
        }
        int stem = asked.length() - 1;
        return stem > 1
                && VOWELS.indexOf(asked.charAt(stem)) >= 0
                && word.startsWith("insk", stem)
                && beginsSo(asked.substring(0, stem), word);
    }

    /** Whether these are the words that are asked for. */
    static boolean equal(List<String> asked, List<String> words) {
        if (asked.size() != words.size()) {
            return false;
        }
        for (int i = 0; i < asked.size(); i++) {
            String word = words.get(i);
            if (asked.get(i).length() != word.length() || !beginsSo(asked.get(i), word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean beginsSo(String asked, String word) {
        if (asked.length() > word.length()) {
            return false;
        }
        for (int i = 0; i < asked.length(); i++) {
            char c = word.charAt(i);
            boolean same =
                    switch (asked.charAt(i)) {
                        case 'ө' -> "oue".indexOf(c) >= 0;
                        case 'ү' -> "uie".indexOf(c) >= 0;
                        default -> asked.charAt(i) == c;
                    };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static List<String> folded(String text, boolean asked) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i <= lower.length(); i++) {
            char c = i < lower.length() ? lower.charAt(i) : ' ';
            if (asked && (c == 'ө' || c == 'ү')) {
                word.append(c);
            } else if (Character.isLetterOrDigit(c)) {
                appendLatin(c, word);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                if (!word.isEmpty()) {
                    words.add(joined(word));
                }
                word.setLength(0);
            }
        }
        return words;
    }

    private static void appendLatin(char c, StringBuilder word) {
        if (c < LATIN.length && LATIN[c] != null) {
            word.append(LATIN[c]);
        } else if (c < 128) {
            word.append(c);
        } else {
            char base = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0);
            word.append(base);
        }
    }

    /** One spelling of the sounds that are transliterated in several ways, no letter doubled. */
    private static String joined(CharSequence latin) {
        String word =
                latin.toString()
                        .replace("dzh", "j")
                        .replace("dj", "j")
                        .replace("zh", "j")
                        .replace("kh", "h")
                        .replace("ng", "n")
                        .replace("iu", "u");
        StringBuilder single = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean repeated = i > 0 && c == word.charAt(i - 1) && !Character.isDigit(c);
            if (!repeated) {
                single.append(c);
            }
        }
        return single.toString();
    }
}
