package org.ashar.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ashar.web.Languages;
import org.ashar.web.Messages;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Pattern USED =
            Pattern.compile(
                    "text\\(['\"]([a-z][A-Za-z.-]*[A-Za-z])['\"]|\"(portal\\.[a-z]+-[a-z-]+)\"");

    /** Missing translations and placeholders stop the service; this test sees to the rest. */
    private final Messages messages = Messages.of(List.of("portal"));

    @Test
    void every_text_that_pages_use_is_there_in_every_language() throws IOException {
        Set<String> used = used();
        assertThat(used).hasSizeGreaterThan(100);
        used.removeAll(messages.codes());
        assertThat(used).isEmpty();
        for (String language : Languages.INTERFACE) {
            for (String code : messages.codes()) {
                assertThat(messages.text(code, language)).as(code + " " + language).isNotBlank();
            }
        }
    }

    @Test
    void languages_are_not_copies_of_each_other() {
        List<String> copied =
                messages.codes().stream()
                        .filter(
                                code ->
                                        messages.text(code, "en")
                                                .replaceAll("\\{[a-z]+}", "")
                                                .matches(".*[a-z]{4}.*"))
                        .filter(
                                code ->
                                        Languages.INTERFACE.stream()
                                                .filter(language -> !language.equals("en"))
                                                .anyMatch(
                                                        language ->
                                                                messages.text(code, language)
                                                                        .equals(
                                                                                messages.text(
                                                                                        code,
                                                                                        "en"))))
                        .toList();
        assertThat(copied).isEmpty();
    }

    private static Set<String> used() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String folder : List.of("src/main/resources/portal/templates", "src/main/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher matcher = USED.matcher(Files.readString(file));
                    while (matcher.find()) {
                        used.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                    }
                }
            }
        }
        return used;
    }
}
