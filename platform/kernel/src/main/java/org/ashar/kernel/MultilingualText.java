package org.ashar.kernel;

import java.util.Collections;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One text in its original language and any translations.
 *
 * @param original BCP 47 tag of the language it was written in; always among the texts
 * @param texts by BCP 47 tag, in tag order
 */
public record MultilingualText(String original, SortedMap<String, Translation> texts) {

    /** At most this many languages in one text. */
    public static final int MAX_LANGUAGES = 12;

    /** Who wrote a translation. Machine text is always marked where it is shown. */
    public enum Provenance {
        HUMAN,
        MACHINE
    }

    /** The text in one language. */
    public record Translation(String value, Provenance provenance) {}

    /** The text chosen for a reader: its language may differ from the one asked for. */
    public record Chosen(String language, String value, Provenance provenance) {
        /** {@code rtl} or {@code ltr}, for the HTML {@code dir} attribute. */
        public String direction() {
            return directionOf(language);
        }
    }

    public MultilingualText {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        if (!texts.containsKey(original)) {
            throw new IllegalArgumentException("the original language has no text");
        }
    }

    /** A text that one person wrote in one language. */
    public static MultilingualText of(String tag, String value) {
        return new MultilingualText(
                tag, new TreeMap<>(Map.of(tag, new Translation(value, Provenance.HUMAN))));
    }

    /**
     * Checks that {@code tag} is a well-formed BCP 47 tag with a known language, and answers its
     * canonical form.
     */
    public static Checked<String> languageTag(String tag) {
        try {
            if (tag.length() > 35) {
                return Checked.invalid("language.unknown-tag");
            }
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            boolean known =
                    List.of(Locale.getISOLanguages()).contains(locale.getLanguage())
                            || locale.getLanguage().length() == 3
                                    && !locale.getDisplayLanguage(Locale.ROOT)
                                            .equals(locale.getLanguage());
            return known
                    ? Checked.valid(locale.toLanguageTag())
                    : Checked.invalid("language.unknown-tag");
        } catch (IllformedLocaleException e) {
            return Checked.invalid("language.unknown-tag");
        }
    }

    /**
     * The text in {@code language}, else its original; a human text in the wanted language wins
     * over all.
     */
    public Chosen in(String language) {
        Translation wanted = texts.get(language);
        String tag = wanted == null ? original : language;
        Translation chosen = wanted == null ? texts.get(original) : wanted;
        if (chosen == null) {
            throw new IllegalStateException("the constructor demands the original's text");
        }
        return new Chosen(tag, chosen.value(), chosen.provenance());
    }

    /** {@code rtl} for languages written from right to left, else {@code ltr}. */
    public static String directionOf(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        boolean rtlScript =
                List.of("Arab", "Hebr", "Syrc", "Thaa", "Nkoo").contains(locale.getScript());
        boolean rtlLanguage =
                locale.getScript().isEmpty()
                        && List.of(
                                        "ar", "fa", "he", "iw", "ur", "ps", "ug", "ckb", "dv", "yi",
                                        "ji", "sd")
                                .contains(locale.getLanguage());
        return rtlScript || rtlLanguage ? "rtl" : "ltr";
    }
}
