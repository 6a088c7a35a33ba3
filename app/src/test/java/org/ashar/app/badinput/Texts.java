package org.ashar.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the interface says, by code and language, read from the same files as the services read.
 *
 * <p>A row of the table says its message in English, word by word; this finds the same message in
 * another language, with the same values in it.
 */
final class Texts {

    static final List<String> LANGUAGES = List.of("ky", "ru", "en", "ar", "th");

    private static final List<String> MODULES =
            List.of(
                    "web",
                    "kernel",
                    "budget-commitments",
                    "progress-reports",
                    "accountability",
                    "portal");
    private static final Pattern VALUE = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");
    private static final Map<String, Pattern> SCRIPTS =
            Map.of(
                    "ky", Pattern.compile("\\p{IsCyrillic}{3}"),
                    "ru", Pattern.compile("\\p{IsCyrillic}{3}"),
                    "en", Pattern.compile("[A-Za-z]{3}"),
                    "ar", Pattern.compile("\\p{IsArabic}{3}"),
                    "th", Pattern.compile("\\p{IsThai}{3}"));

    private final Map<String, Properties> files = new HashMap<>();

    Texts() throws IOException {
        for (String module : MODULES) {
            for (String language : LANGUAGES) {
                String path = "/messages/" + module + "_" + language + ".properties";
                Properties file = new Properties();
                try (InputStream in = Texts.class.getResourceAsStream(path)) {
                    assertThat(in).as(path).isNotNull();
                    file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                }
                files.put(module + language, file);
            }
        }
    }

    /** The message of {@code code} that is {@code english} in English, in every language. */
    Map<String, String> in(String code, String english) {
        for (String module : MODULES) {
            String pattern = file(module, "en").getProperty(code);
            if (pattern != null) {
                Matcher values = Pattern.compile(regex(pattern), Pattern.DOTALL).matcher(english);
                if (values.matches()) {
                    return filled(module, code, pattern, values);
                }
            }
        }
        throw new AssertionError("No text of " + code + " is, in English: " + english);
    }

    /** The title of a status, in every language. */
    Map<String, String> titles(int status) {
        Properties known = file("web", "en");
        String code = known.containsKey("status." + status) ? "status." + status : "status.other";
        return in(code, known.getProperty(code, ""));
    }

    private Map<String, String> filled(String module, String code, String pattern, Matcher values) {
        Map<String, String> messages = new HashMap<>();
        for (String language : LANGUAGES) {
            String text = file(module, language).getProperty(code);
            assertThat(text).as(code + " in " + language).isNotNull();
            String message =
                    VALUE.matcher(text)
                            .replaceAll(v -> Matcher.quoteReplacement(values.group(v.group(1))));
            assertThat(message).as(code + " in " + language).containsPattern(SCRIPTS.get(language));
            messages.put(language, message);
        }
        assertThat(messages.values()).as(code + " " + pattern).doesNotHaveDuplicates();
        return messages;
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        int end = 0;
        Matcher value = VALUE.matcher(pattern);
        while (value.find()) {
            regex.append(Pattern.quote(pattern.substring(end, value.start())))
                    .append("(?<")
                    .append(value.group(1))
                    .append(">.*)");
            end = value.end();
        }
        return regex.append(Pattern.quote(pattern.substring(end))).toString();
    }

    private Properties file(String module, String language) {
        return files.getOrDefault(module + language, new Properties());
    }
}
