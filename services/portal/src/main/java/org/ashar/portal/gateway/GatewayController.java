package org.ashar.portal.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.ashar.portal.gateway.RoutedService.Resend;
import org.ashar.web.Bodies;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Passes {@code /api/…}, {@code /openapi/…} and {@code /contracts/…} on to the service that the
 * path belongs to, body and answer as they are. It knows nothing of what it passes: who may do what
 * is for the service to say. Only files, which take long, are not taken from those who say nothing
 * of who they are.
 */
@Controller
final class GatewayController {

    private static final int MAX_IMPORT = 10 * 1024 * 1024;
    private static final Duration LONGEST_IMPORT = Duration.ofMinutes(5);
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST");

    private final RoutedServices services;

    /** Files are held in memory while they pass; this many at a time. */
    private final Semaphore imports = new Semaphore(4);

    GatewayController(RoutedServices services) {
        this.services = services;
    }

    @RequestMapping({"/api/**", "/openapi/*", "/contracts/*/*"})
    void pass(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        RoutedService service =
                services.owning(path)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(404, "request.no-such-path")));
        if (!METHODS.contains(request.getMethod())) {
            throw new ProblemException(
                    Problem.of(405, "request.method-not-allowed")
                            .with("Allow", String.join(", ", METHODS)));
        }
        if (isImport(request)) {
            passImport(service, request, response);
        } else {
            pass(
                    service,
                    request,
                    response,
                    Bodies.bytes(request, Bodies.MAX_BYTES, Bodies.LONGEST),
                    false);
        }
    }

    private void passImport(
            RoutedService service, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getHeader("Authorization") == null) {
            throw new ProblemException(Problem.signInFirst());
        }
        if (!imports.tryAcquire()) {
            throw service.busy();
        }
        try {
            pass(
                    service,
                    request,
                    response,
                    Bodies.bytes(request, MAX_IMPORT, LONGEST_IMPORT),
                    true);
        } finally {
            imports.release();
        }
    }

    private static void pass(
            RoutedService service,
            HttpServletRequest request,
            HttpServletResponse response,
            byte[] body,
            boolean isImport)
            throws IOException {
        HttpResponse<byte[]> answer =
                service.call(outgoing(service, request, body), resend(request), isImport);
        response.setStatus(answer.statusCode());
        PassedHeaders.out(answer.headers(), service.base(), response);
        if (!request.getMethod().equals("HEAD")) {
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        }
    }

    private static boolean isImport(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().endsWith("/imports");
    }

    private static HttpRequest outgoing(
            RoutedService service, HttpServletRequest request, byte[] body) {
        String query = request.getQueryString();
        try {
            BodyPublisher publisher =
                    body.length == 0 && !request.getMethod().equals("POST")
                            ? BodyPublishers.noBody()
                            : BodyPublishers.ofByteArray(body);
            HttpRequest.Builder outgoing =
                    HttpRequest.newBuilder(
                                    service.at(
                                            request.getRequestURI()
                                                    + (query == null ? "" : "?" + query)))
                            .method(request.getMethod(), publisher);
            PassedHeaders.in(request, outgoing);
            return outgoing.build();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(400, "request.malformed-address"));
        }
    }

    private static Resend resend(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            return Resend.ON_BROKEN_CONNECTION;
        }
        return request.getHeader("Idempotency-Key") == null
                ? Resend.NEVER
                : Resend.ON_NO_CONNECTION;
    }
}
