package org.ashar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

    private static final Pattern CODE =
            Pattern.compile(
                    "\"((?:text|language|money|period|reporting-period|sha256|stream|json|event"
                            + "|commit|place|list|field|value|number|date|url|media-type|email"
                            + "|telephone|classification|parameter|paging|request|token|service)"
                            + "\\.[a-z0-9-]+)\"");

    private final Messages messages = Messages.of(List.of("kernel", "web"));

    /** Read from the sources, so that a new code without a message cannot be forgotten. */
    @ParameterizedTest
    @ValueSource(strings = {"kernel", "security", "web"})
    void every_code_in_the_sources_has_a_message(String module) throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher matcher = CODE.matcher(Files.readString(file));
                while (matcher.find()) {
                    codes.add(matcher.group(1));
                }
            }
        }
        assertThat(codes).isNotEmpty();
        assertThat(messages.codes()).containsAll(codes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ky", "ru", "en", "ar", "th"})
    void every_message_is_written_in_its_language(String language) {
        Pattern script =
                switch (language) {
                    case "ky", "ru" -> Pattern.compile("\\p{IsCyrillic}");
                    case "ar" -> Pattern.compile("\\p{IsArabic}");
                    case "th" -> Pattern.compile("\\p{IsThai}");
                    default -> Pattern.compile("[a-z]");
                };
        for (String code : messages.codes()) {
            assertThat(messages.text(code, language)).as(code).containsPattern(script);
        }
    }

    @Test
    void kyrgyz_is_not_russian() {
        for (String code : messages.codes()) {
            assertThat(messages.text(code, "ky")).as(code).isNotEqualTo(messages.text(code, "ru"));
        }
    }

    @Test
    void arguments_are_filled_in_by_name_and_taken_literally() {
        assertThat(messages.text("text.too-long", "en", Map.of("limit", "$1\\{limit}")))
                .isEqualTo("The text is longer than $1\\{limit} characters.");
        assertThat(messages.text("text.too-long", "en")).contains("{limit}");
    }

    @Test
    void an_unknown_code_is_its_own_message() {
        assertThat(messages.text("no.such-code", "th", Map.of("a", "b"))).isEqualTo("no.such-code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "uneven", "misplaced", "doubled"})
    void a_module_that_breaks_the_rules_is_refused_at_the_start(String module) {
        assertThatThrownBy(() -> Messages.of(List.of("kernel", "web", module)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(module);
    }
}
