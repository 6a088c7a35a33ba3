package org.ashar.places;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Brings the spellings of one name together: Cyrillic (Russian and Kyrgyz letters), the usual Latin
 * transliterations, with and without diacritics, single and double letters. Lossy on purpose: both
 * sides of a comparison are folded, and what is folded is never shown.
 */
final class Folding {

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

    /** The folded words of {@code text}, in order; empty when it has no letter or digit. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i <= lower.length(); i++) {
            char c = i < lower.length() ? lower.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c)) {
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
                        .replace("kh", "h");
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
