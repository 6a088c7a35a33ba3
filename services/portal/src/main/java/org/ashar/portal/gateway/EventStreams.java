package org.ashar.portal.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.ashar.portal.config.PortalSettings;
import org.ashar.web.OpenAnswers;
import org.springframework.stereotype.Component;

/**
 * Passes streams of events on as they come. Only their beginning takes a place among the calls to
 * the service; each can be taken up again from the last event that arrived.
 */
@Component
final class EventStreams {

    /** Of bytes passed on at once, which each stream holds for as long as it is open. */
    private static final int PIECE = 4 * 1024;

    private static final int MAX_REFUSAL = 8 * 1024;
    private static final int OK = 200;

    private final OpenAnswers answers;
    private final StreamsByAddress byAddress;

    EventStreams(OpenAnswers answers, PortalSettings settings) {
        this.answers = answers;
        byAddress = new StreamsByAddress(settings.gateway().streamsOfAddress());
    }

    /** Answers whole where the service refuses; else the answer goes on after this returns. */
    void pass(
            RoutedService service,
            HttpRequest outgoing,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Runnable left = byAddress.enter(request.getRemoteAddr());
        if (!answers.enter()) {
            left.run();
            throw service.busy();
        }
        boolean goesOn = false;
        try {
            HttpResponse<InputStream> answer = service.open(outgoing);
            response.setStatus(answer.statusCode());
            PassedHeaders.out(answer.headers(), service.base(), response);
            goesOn = answer.statusCode() == OK;
            if (goesOn) {
                answers.begin(
                        request,
                        out -> {
                            try (InputStream body = answer.body()) {
                                pass(body, out);
                            }
                        },
                        left);
            } else {
                try (InputStream body = answer.body()) {
                    response.getOutputStream().write(body.readNBytes(MAX_REFUSAL));
                }
            }
        } finally {
            if (!goesOn) {
                answers.leave();
                left.run();
            }
        }
    }

    private static void pass(InputStream body, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int read = body.read(piece); read != -1; read = body.read(piece)) {
            out.write(piece, 0, read);
        }
    }
}
