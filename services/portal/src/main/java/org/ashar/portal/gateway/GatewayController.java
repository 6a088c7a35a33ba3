package org.ashar.portal.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.ashar.portal.gateway.RoutedService.Resend;
import org.ashar.web.Bodies;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Passes {@code /api/…}, {@code /openapi/…}, {@code /contracts/…} and {@code /ledger/…} on to the
 * service that the path belongs to, body and answer as they are. It knows nothing of what it
 * passes: who may do what is for the service to say.
 */
@Controller
final class GatewayController {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST");

    private static final String STREAM = "/api/ledger/stream";

    private final RoutedServices services;
    private final EventStreams streams;

    GatewayController(RoutedServices services, EventStreams streams) {
        this.services = services;
        this.streams = streams;
    }

    @RequestMapping({"/api/**", "/openapi/*", "/contracts/*/*", "/ledger/**"})
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
        if (path.equals(STREAM) && request.getMethod().equals("GET")) {
            streams.pass(service, outgoing(service, request, new byte[0]), request, response);
            return;
        }
        HttpResponse<byte[]> answer =
                service.call(outgoing(service, request, Bodies.bytes(request)), resend(request));
        response.setStatus(answer.statusCode());
        PassedHeaders.out(answer.headers(), service.base(), response);
        if (!request.getMethod().equals("HEAD")) {
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        }
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
