package org.ashar.app.demo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes the API's texts in several languages out of templates. */
final class Words {
    /** Languages that nobody proofread: their texts are marked as a machine's. */
    private static final Set<String> MACHINE = Set.of("ar", "th");

    private static final Map<Character, String> LATIN = latin();

    private Words() {}

    /** The API's form of a text, with the placeholders filled in. */
    static Map<String, Object> text(
            String original, Map<String, String> templates, Map<String, String> values) {
        Map<String, Object> texts = new TreeMap<>();
        templates.forEach(
                (language, template) -> {
                    Map<String, Object> text = new LinkedHashMap<>();
                    text.put("value", filled(language, template, values));
                    text.put("provenance", MACHINE.contains(language) ? "machine" : "human");
                    texts.put(language, text);
                });
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("original", original);
        form.put("texts", texts);
        return form;
    }

    private static String filled(String language, String template, Map<String, String> values) {
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            boolean cyrillic = language.equals("ky") || language.equals("ru");
            text =
                    text.replace(
                            "{" + value.getKey() + "}",
                            cyrillic ? value.getValue() : romanised(value.getValue()));
        }
        return text;
    }

    /** A Russian name in Latin letters: Джаны-Арык is Jany-Aryk. */
    static String romanised(String name) {
        StringBuilder latin = new StringBuilder();
        String text = name.replace("Дж", "J").replace("дж", "j");
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            char lower = Character.toLowerCase(letter);
            String letters = LATIN.getOrDefault(lower, String.valueOf(letter));
            latin.append(
                    letter == lower || letters.isEmpty()
                            ? letters
                            : letters.substring(0, 1).toUpperCase(Locale.ROOT)
                                    + letters.substring(1));
        }
        return latin.toString();
    }

    private static Map<Character, String> latin() {
        String[] pairs =
                ("а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t"
                                + " у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya")
                        .split(" ", -1);
        Map<Character, String> latin = new HashMap<>();
        for (int index = 0; index < pairs.length; index += 2) {
            latin.put(pairs[index].charAt(0), pairs[index + 1]);
        }
        latin.put('ъ', "");
        latin.put('ь', "");
        return latin;
    }
}
