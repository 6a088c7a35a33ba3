package org.ashar.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.ashar.json.AsharJson;
import org.ashar.web.Problem.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Writes problems in the reader's language: {@code application/problem+json} (RFC 9457), or a page.
 * Who follows a stream of events and may try again is told so by a stream that ends at once.
 *
 * <p>Guarantee: what is written comes from codes, message bundles and bounded arguments alone:
 * never an exception's message, never a value that was sent.
 */
public final class Problems {

    private static final String TYPE = "application/problem+json";
    private static final String STREAM = "text/event-stream";
    private static final String PAGE = "text/html;charset=utf-8";

    private final Messages messages;
    private final Languages languages;
    private final @Nullable ProblemPages pages;

    public Problems(Messages messages, Languages languages, @Nullable ProblemPages pages) {
        this.messages = messages;
        this.languages = languages;
        this.pages = pages;
    }

    /**
     * The problem for a status that has no more to say: 404 for an unknown path, 405, 406 and so
     * on.
     */
    public static Problem of(int status) {
        String code =
                switch (status) {
                    case 401 -> "token.missing";
                    case 403 -> "request.forbidden";
                    case 404 -> "request.no-such-path";
                    case 405 -> "request.method-not-allowed";
                    case 406 -> "request.not-acceptable";
                    case 408 -> "request.too-slow";
                    case 413 -> "request.too-large";
                    case 414 -> "request.address-too-long";
                    case 415 -> "request.wrong-content-type";
                    case 431 -> "request.headers-too-large";
                    case 501, 505 -> "request.malformed";
                    case 503 -> "service.busy";
                    default -> status < 500 ? "request.malformed" : "service.fault";
                };
        Map<String, String> arguments =
                status == 413 ? Map.of("limit", Integer.toString(Bodies.MAX_BYTES)) : Map.of();
        Problem problem = Problem.of(status, code, arguments);
        return status == 503 ? problem.with("Retry-After", "1") : problem;
    }

    /**
     * Writes the problem, unless an answer has already begun. For filters; a controller throws
     * {@link ProblemException}.
     */
    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        String language = languages.of(request);
        String retryAfter = problem.headers().get("Retry-After");
        response.resetBuffer();
        response.setHeader("Content-Disposition", null);
        response.setHeader("ETag", null);
        problem.headers().forEach(response::setHeader);
        response.setHeader("Content-Language", language);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "Accept, Accept-Language");
        if (retryAfter != null && wantsStream(request)) {
            send(response, 200, STREAM, retry(Integer.parseInt(retryAfter)));
        } else if (pages != null && wantsPage(request)) {
            send(response, problem.status(), PAGE, page(problem, request, language));
        } else {
            send(response, problem.status(), TYPE, json(problem, request, language));
        }
    }

    private static void send(HttpServletResponse response, int status, String type, byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** A stream that ends at once; who follows it comes back later, not all at the same moment. */
    private static byte[] retry(int seconds) {
        int millis = 1_000 * seconds;
        return ("retry: " + ThreadLocalRandom.current().nextInt(millis, 2 * millis + 1) + "\n\n")
                .getBytes(UTF_8);
    }

    private byte[] json(Problem problem, HttpServletRequest request, String language) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:ashar:problem:" + problem.code());
        members.put("title", title(problem, language));
        members.put("status", problem.status());
        members.put("detail", messages.text(problem.code(), language, problem.arguments()));
        members.put("code", problem.code());
        members.put("instance", "urn:ashar:trace:" + Trace.of(request).id());
        if (!problem.faults().isEmpty()) {
            members.put("errors", errors(problem.faults(), language));
        }
        if (problem.more() > 0) {
            members.put("moreErrors", problem.more());
        }
        return AsharJson.strict().writeValueAsBytes(members);
    }

    private List<Map<String, Object>> errors(List<Fault> faults, String language) {
        return faults.stream()
                .map(
                        fault -> {
                            Map<String, Object> error = new LinkedHashMap<>();
                            put(error, "pointer", fault.pointer());
                            put(error, "parameter", fault.parameter());
                            put(error, "header", fault.header());
                            error.put("code", fault.code());
                            error.put(
                                    "message",
                                    messages.text(fault.code(), language, fault.arguments()));
                            return error;
                        })
                .toList();
    }

    private static void put(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    private byte[] page(Problem problem, HttpServletRequest request, String language) {
        if (pages == null) {
            throw new IllegalStateException("there are no pages");
        }
        return pages.html(
                        problem.status(),
                        title(problem, language),
                        messages.text(problem.code(), language, problem.arguments()),
                        Trace.of(request).id(),
                        language)
                .getBytes(UTF_8);
    }

    private String title(Problem problem, String language) {
        String code = "status." + problem.status();
        return messages.text(messages.knows(code) ? code : "status.other", language);
    }

    /**
     * A browser's {@code EventSource} asks for this alone. It would give up for good on any status
     * but 200 (HTML Standard, 9.2.2), so it is told in its own words to come back.
     */
    private static boolean wantsStream(HttpServletRequest request) {
        return STREAM.equals(request.getHeader("Accept")) && request.getMethod().equals("GET");
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        String path = request.getRequestURI(); // none where the request line could not be read
        return path != null
                && !path.startsWith("/api/")
                && accept != null
                && accept.contains("text/html");
    }
}
