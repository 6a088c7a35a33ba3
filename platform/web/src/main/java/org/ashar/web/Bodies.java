package org.ashar.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Checked;
import org.ashar.kernel.canonical.CanonicalJson;
import org.ashar.web.Problem.Fault;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a request's body: bounded in size and in time, whatever its headers claim; where it is
 * JSON, strict (RFC 8259 and what RFC 8785 can express: one value, no name twice, no lone
 * surrogate).
 */
public final class Bodies {

    /** No body is larger. */
    static final int MAX_BYTES = 64 * 1024;

    /** So long may a body take, however steadily it trickles. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Bodies() {}

    /**
     * One JSON object.
     *
     * @param canonical its RFC 8785 form
     * @param object its members
     */
    record Body(String canonical, JsonNode object) {}

    static Body read(HttpServletRequest request) throws IOException {
        byte[] bytes = bytes(request);
        if (bytes.length == 0) {
            return body("{}");
        }
        requireJson(request);
        return switch (CanonicalJson.of(bytes)) {
            case Checked.Valid<byte[]>(byte[] canonical) -> body(new String(canonical, UTF_8));
            case Checked.Invalid<byte[]>(String code, Map<String, String> arguments) ->
                    throw new ProblemException(Problem.at(400, Fault.inBody("", code, arguments)));
        };
    }

    private static Body body(String canonical) {
        JsonNode node;
        try {
            node = AsharJson.strict().readTree(canonical);
        } catch (StreamConstraintsException e) {
            throw new ProblemException(
                    Problem.at(
                            400,
                            Fault.inBody(
                                    "",
                                    "json.name-too-long",
                                    Map.of("limit", Integer.toString(AsharJson.LONGEST_NAME)))));
        }
        if (!node.isObject()) {
            throw new ProblemException(
                    Problem.at(400, Fault.inBody("", "json.not-an-object", Map.of())));
        }
        return new Body(canonical, node);
    }

    /**
     * The bytes of a request's body. Ends the request with 413 where there are more than {@link
     * #MAX_BYTES}, with 415 where they are compressed, with 408 where they have not come within 20
     * seconds.
     */
    public static byte[] bytes(HttpServletRequest request) throws IOException {
        return bytes(request, LONGEST);
    }

    static byte[] bytes(HttpServletRequest request, Duration longest) throws IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw new ProblemException(Problem.of(415, "request.content-encoding"));
        }
        long deadline = System.nanoTime() + longest.toNanos();
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(Math.max(256, request.getContentLength()));
        byte[] buffer = new byte[8 * 1024];
        try {
            InputStream in = request.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
                if (bytes.size() > MAX_BYTES) {
                    throw tooLarge();
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new SocketTimeoutException("the body took too long");
                }
            }
        } catch (SocketTimeoutException e) {
            throw new ProblemException(
                    Problem.of(408, "request.too-slow").with("Connection", "close"));
        } catch (IllegalStateException e) {
            // So the connector refuses more trailers behind a body than it takes.
            throw new ProblemException(Problems.of(400).with("Connection", "close"));
        }
        return bytes.toByteArray();
    }

    private static ProblemException tooLarge() {
        return new ProblemException(Problems.of(413).with("Connection", "close"));
    }

    private static void requireJson(HttpServletRequest request) {
        List<String> types = Collections.list(request.getHeaders("Content-Type"));
        if (types.size() != 1 || !isJson(types.getFirst())) {
            throw new ProblemException(
                    Problem.of(415, "request.wrong-content-type")
                            .with("Accept", "application/json"));
        }
    }

    private static boolean isJson(String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            Charset charset = type.getCharset();
            return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                    && (charset == null || charset.equals(UTF_8));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
