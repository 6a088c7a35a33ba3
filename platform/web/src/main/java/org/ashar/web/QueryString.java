package org.ashar.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's address. Read here and not through the servlet API, which would
 * also read the body of a form, and fail where an address is malformed.
 */
final class QueryString {

    private static final int MAX_PARAMETERS = 100;

    private QueryString() {}

    /** Every parameter with its values; empty where the text is no query string. */
    static Optional<Map<String, List<String>>> parse(@Nullable String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return Optional.of(parameters);
        }
        String[] pairs = text.split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            return Optional.empty();
        }
        try {
            for (String pair : pairs) {
                if (!pair.isEmpty()) {
                    String[] sides = pair.split("=", 2);
                    String value = sides.length == 1 ? "" : decoded(sides[1]);
                    parameters
                            .computeIfAbsent(decoded(sides[0]), _ -> new ArrayList<>())
                            .add(value);
                }
            }
            return Optional.of(parameters);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Bytes that are not UTF-8 are refused, not replaced: they would ask for something else. */
    private static String decoded(String text) throws CharacterCodingException {
        byte[] bytes = URLDecoder.decode(text, ISO_8859_1).getBytes(ISO_8859_1);
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** The first value of a parameter, where there is one and the address is well-formed. */
    static @Nullable String first(HttpServletRequest request, String name) {
        return parse(request.getQueryString())
                .map(parameters -> parameters.get(name))
                .map(List::getFirst)
                .orElse(null);
    }
}
