package org.ashar.app.badinput;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table in a text file: a row is a line, {@code " | "} parts its cells, {@code #} is a remark.
 */
final class Table {

    private static final Pattern AGAIN = Pattern.compile("«([^«»]*)×([0-9]+)»");

    private Table() {}

    static List<List<String>> lines(String name, int cells) throws IOException {
        try (InputStream file = Table.class.getResourceAsStream("/badinput/" + name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            List<List<String>> lines =
                    new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> List.of(line.split(" \\| ")))
                            .toList();
            for (List<String> line : lines) {
                if (line.size() != cells) {
                    throw new IllegalArgumentException("not " + cells + " cells: " + line);
                }
            }
            return lines;
        }
    }

    /** The text with {@code «x×3»} written out. */
    static String repeated(String text) {
        return AGAIN.matcher(text)
                .replaceAll(
                        again ->
                                Matcher.quoteReplacement(
                                        again.group(1).repeat(Integer.parseInt(again.group(2)))));
    }
}
