package org.ashar.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of the interface by code and language, read from {@code
 * messages/<module>_<language>.properties} (UTF-8) of every registered module.
 *
 * <p>Guarantee: every code of a registered module has a text in each of {@link
 * Languages#INTERFACE}, with the same placeholders ({@code {limit}}); otherwise the service does
 * not start. A code belongs to one module.
 */
public final class Messages {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");

    private final Map<String, Map<String, String>> texts = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    private Messages() {
        Languages.INTERFACE.forEach(language -> texts.put(language, new TreeMap<>()));
    }

    /**
     * The texts of these modules together. Throws {@link IllegalStateException} where the guarantee
     * above would not hold.
     */
    public static Messages of(Collection<String> modules) {
        Messages messages = new Messages();
        for (String module : new TreeSet<>(modules)) {
            messages.add(module);
        }
        return messages;
    }

    /** Every code there is. */
    public Set<String> codes() {
        return Set.copyOf(in(Languages.INTERFACE.getFirst()).keySet());
    }

    /**
     * The text with {@code arguments} filled in by name; a placeholder without an argument stays.
     * The code itself where no module knows it, which a test of the module should have found.
     */
    public String text(String code, String language, Map<String, String> arguments) {
        String pattern = in(language).get(code);
        if (pattern == null) {
            return code;
        }
        return arguments.isEmpty() ? pattern : filled(pattern, arguments);
    }

    /** The text of a code without placeholders. */
    public String text(String code, String language) {
        return text(code, language, Map.of());
    }

    /** Whether there is a text for this code. */
    public boolean knows(String code) {
        return in(Languages.INTERFACE.getFirst()).containsKey(code);
    }

    private Map<String, String> in(String language) {
        return Optional.ofNullable(texts.get(language))
                .orElseThrow(() -> new IllegalArgumentException("no texts in " + language));
    }

    private void add(String module) {
        Map<String, Set<String>> placeholders = new TreeMap<>();
        for (String language : Languages.INTERFACE) {
            Map<String, String> own = read(module, language);
            Map<String, Set<String>> found = new TreeMap<>();
            own.forEach((code, text) -> found.put(code, placeholdersOf(text)));
            if (placeholders.isEmpty()) {
                placeholders.putAll(found);
            }
            if (!placeholders.equals(found)) {
                throw new IllegalStateException(
                        "messages of "
                                + module
                                + " differ between languages; in "
                                + language
                                + ": "
                                + differences(placeholders, found));
            }
            in(language).putAll(own);
        }
        for (String code : placeholders.keySet()) {
            String owner = owners.putIfAbsent(code, module);
            if (owner != null) {
                throw new IllegalStateException(
                        code + " has a message in " + owner + " and in " + module);
            }
        }
    }

    private static Map<String, String> read(String module, String language) {
        String path = "/messages/" + module + "_" + language + ".properties";
        try (InputStream file = Messages.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            Properties properties = new Properties();
            try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            Map<String, String> texts = new TreeMap<>();
            properties.stringPropertyNames().forEach(c -> texts.put(c, properties.getProperty(c)));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private static List<String> differences(
            Map<String, Set<String>> one, Map<String, Set<String>> other) {
        Set<String> codes = new TreeSet<>(one.keySet());
        codes.addAll(other.keySet());
        return codes.stream()
                .filter(
                        code ->
                                !Optional.ofNullable(one.get(code))
                                        .equals(Optional.ofNullable(other.get(code))))
                .toList();
    }

    private static Set<String> placeholdersOf(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static String filled(String pattern, Map<String, String> arguments) {
        return PLACEHOLDER
                .matcher(pattern)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        arguments.getOrDefault(match.group(1), match.group())));
    }
}
