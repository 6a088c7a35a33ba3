package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.ashar.security.Grant;
import org.ashar.testing.AtOnce;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One service, its auditors and those audited, and a voice for its neighbours. */
final class RunningFindings implements AutoCloseable {

    static final String CODE = "41706204810000";
    static final String PLACE = "soate:" + CODE;
    static final String AUDITEE = "okmotu";
    static final String AUDIT_OFFICE = "chamber-of-accounts";

    private final RunningLedger ledger;
    private final URI base;

    RunningFindings(Path folder) throws IOException {
        ledger = new RunningLedger(folder);
        base = ledger.start();
    }

    /** An answer. */
    record Answer(int status, HttpResponse<byte[]> raw) implements AtOnce.Answer {
        JsonNode json() {
            return AsharJson.strict().readTree(raw.body());
        }

        @Override
        public String text() {
            return new String(raw.body(), UTF_8);
        }

        String code() {
            return json().get("code").asString();
        }

        String header(String name) {
            return RunningLedger.header(raw, name);
        }
    }

    RequestMappingHandlerMapping routes() {
        return ledger.routes();
    }

    String auditor() {
        return token("auditor", Grant.unbound("auditor", AUDIT_OFFICE));
    }

    String head() {
        return token("head", Grant.forPlace("head", AUDITEE, PLACE));
    }

    String token(String person, Grant... grants) {
        return ledger.token(person, null, grants);
    }

    String auditorAt(Instant time) {
        return ledger.token("auditor", time, Grant.unbound("auditor", AUDIT_OFFICE));
    }

    Answer get(String path, String... headers) {
        return answer(ledger.get(base, path, headers));
    }

    Answer post(String path, String token, String body, String... headers) {
        return postAs(path, token, UUID.randomUUID().toString(), body, headers);
    }

    Answer postAs(String path, String token, String key, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + token, "Idempotency-Key", key));
        return answer(ledger.post(base, path, body, all.toArray(String[]::new)));
    }

    /** Publishes a neighbour's own example of a fact, moved to this commitment and a real place. */
    void publish(String service, StreamId stream, String fact, StreamId commitment) {
        try {
            Path file =
                    Path.of(
                            "../%s/src/main/resources/contracts/%s/%s.v1.example.json"
                                    .formatted(service, service, fact));
            ObjectNode data = (ObjectNode) AsharJson.lenient().readTree(Files.readString(file));
            ((ObjectNode) data.get("place")).put("code", CODE);
            if (data.has("commitment")) {
                data.put("commitment", commitment.toString());
            }
            RunningLedger.now(ledger.publish(service, fact, stream, 1, data.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }

    private static Answer answer(HttpResponse<byte[]> raw) {
        return new Answer(raw.statusCode(), raw);
    }
}
