package org.ashar.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;
import org.ashar.bench.load.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an operator sees of an instance: commits not relayed yet, events the record has not shown.
 */
final class Backlog {

    private static final String VIEW = "/internal/views/record";

    /** A view's status may be this old: only what it says later than that counts. */
    private static final long STATUS_AGE_NANOS = 500_000_000;

    private static final byte[] NO_BODY = new byte[0];

    private final URI service;
    private final URI reports;
    private final Village village;

    /**
     * @param service where budget-commitments listens, behind the public door
     * @param reports where progress-reports listens, which keeps the record
     */
    Backlog(URI service, URI reports, Village village) {
        this.service = service;
        this.reports = reports;
        this.village = village;
    }

    /**
     * Seconds from now until everything is relayed and shown; up to half a second too many, since
     * what a view says of itself may be that old.
     */
    double secondsUntilNone() {
        long from = System.nanoTime();
        LockSupport.parkNanos(STATUS_AGE_NANOS);
        Processes.await("the record has caught up", this::isNone);
        return (System.nanoTime() - from) / 1e9;
    }

    private boolean isNone() {
        JsonNode relay = operator("GET", service, "/internal/relay");
        return relay.get("waiting").asLong() == 0
                && relay.get("complete").asBoolean()
                && view().get("lagEvents").asLong() == 0;
    }

    /** Starts to build the record again, and answers the number of its new generation. */
    int rebuild() {
        return operator("POST", reports, VIEW + "/rebuild").get("generation").asInt();
    }

    /** The generation that is read now. */
    int generation() {
        return view().get("active").asInt();
    }

    private JsonNode view() {
        return operator("GET", reports, VIEW);
    }

    private JsonNode operator(String method, URI base, String path) {
        try (Wire wire = new Wire(base)) {
            Wire.Answer answer =
                    wire.exchange(
                            method, path, village.headers("operator", 0, "operator"), NO_BODY);
            if (!answer.isSuccess()) {
                throw new IOException(path + ": " + answer.status() + " " + answer.text());
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
