package org.ashar.accountability.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.web.Messages;
import org.junit.jupiter.api.Test;

/** What the service says of itself is what it does. */
class DocumentedTest {

    private static final Pattern CODE =
            Pattern.compile(
                    "\"((?:finding|ledger|evidence|stream|subscription|webhook)\\.[a-z][a-z-]+)\"");

    @Test
    void every_code_that_the_service_answers_with_has_a_message_and_no_message_is_left_over()
            throws IOException {
        Messages all = Messages.of(List.of("kernel", "web", "accountability"));
        Set<String> codes = new TreeSet<>(Set.of("audit-finding.not-found"));
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher matcher = CODE.matcher(Files.readString(source));
                while (matcher.find()) {
                    codes.add(matcher.group(1));
                }
            }
        }
        assertThat(codes).contains("finding.already-closed").allMatch(all::knows);
        assertThat(codes).containsAll(Messages.of(List.of("accountability")).codes());
    }
}
