package org.ashar.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/**
 * A table as CSV (RFC 4180) in UTF-8 with a byte order mark, as spreadsheets like it.
 *
 * <p>Guarantee: no cell is run as a formula. A cell that begins with {@code = + - @}, also in full
 * width, or with a tab or a line's end has an apostrophe put before it, unless it is a plain
 * number.
 *
 * @param header the columns' names
 * @param rows the rows, each with a cell for each column, empty where there is no value
 */
public record Csv(List<String> header, List<List<String>> rows) {

    /** What is answered. */
    public static final MediaType TYPE = new MediaType("text", "csv", UTF_8);

    private static final MediaType CSV = new MediaType("text", "csv");
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";
    private static final String PLAIN_NUMBER = "-?[0-9]+(\\.[0-9]+)?";

    /** Whether CSV is preferred to JSON by this {@code Accept} header. */
    public static boolean isWanted(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            MimeTypeUtils.sortBySpecificity(types);
            return types.stream()
                    .filter(t -> t.getQualityValue() > 0)
                    .filter(t -> t.includes(CSV) || t.includes(MediaType.APPLICATION_JSON))
                    .findFirst()
                    .filter(t -> t.equalsTypeAndSubtype(CSV))
                    .isPresent();
        } catch (InvalidMediaTypeException | InvalidMimeTypeException e) {
            return false;
        }
    }

    /** The whole table. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder("\uFEFF");
        line(header, text);
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalStateException("a row has not as many cells as the header");
            }
            line(row, text);
        }
        return text.toString().getBytes(UTF_8);
    }

    private static void line(List<String> cells, StringBuilder out) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            cell(cells.get(i), out);
        }
        out.append("\r\n");
    }

    private static void cell(String value, StringBuilder out) {
        boolean formula =
                !value.isEmpty()
                        && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0
                        && !value.matches(PLAIN_NUMBER);
        String safe = formula ? "'" + value : value;
        if (safe.chars()
                .anyMatch(c -> c == '"' || c == ',' || c == ';' || c == '\n' || c == '\r')) {
            out.append('"').append(safe.replace("\"", "\"\"")).append('"');
        } else {
            out.append(safe);
        }
    }
}
