package org.ashar.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.ashar.bench.load.Load;
import org.ashar.bench.load.Wire;

/** How long it takes from the scheduled POST of a publication until the public record shows it. */
final class Visible {

    private static final int CONNECTIONS = 128;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final long LONGEST_NANOS = 30_000_000_000L;

    private final URI service;
    private final URI reports;
    private final Commands commands;

    Visible(URI service, URI reports, Commands commands) {
        this.service = service;
        this.reports = reports;
        this.commands = commands;
    }

    Load.Seen measure(int perSecond, int count) {
        ConcurrentLinkedQueue<Wire> readers = new ConcurrentLinkedQueue<>();
        try {
            return Load.open(
                    service,
                    CONNECTIONS,
                    perSecond,
                    count,
                    (wire, n) -> {
                        Wire.Answer answer = commands.publish(wire, n);
                        if (!answer.isSuccess()) {
                            return answer;
                        }
                        Wire free = readers.poll();
                        Wire reader = free == null ? new Wire(reports) : free;
                        Wire.Answer shown = untilShown(reader, commands.promise(n));
                        readers.add(reader);
                        return shown;
                    });
        } finally {
            readers.forEach(Visible::close);
        }
    }

    private static Wire.Answer untilShown(Wire reader, String promise) throws IOException {
        long until = System.nanoTime() + LONGEST_NANOS;
        while (true) {
            Wire.Answer answer =
                    reader.exchange(
                            "GET", "/api/record/commitments/" + promise, Map.of(), new byte[0]);
            if (answer.status() != 404 || System.nanoTime() > until) {
                return answer;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void close(Wire wire) {
        try {
            wire.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
