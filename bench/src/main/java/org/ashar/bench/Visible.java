package org.ashar.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.ashar.bench.load.Load;
import org.ashar.bench.load.Wire;

/**
 * How long it takes from the scheduled POST of a publication until the public record shows it. One
 * publication in {@value #ONE_IN} is watched, and looked for every 25 ms, which may add as much to
 * the figure; watching more, or looking more often, would be most of the load.
 */
final class Visible {

    private static final int CONNECTIONS = 128;
    private static final int ONE_IN = 10;
    private static final long PAUSE_NANOS = 25_000_000;
    private static final long LONGEST_NANOS = 30_000_000_000L;

    private final URI service;
    private final URI reports;
    private final Commands commands;

    Visible(URI service, URI reports, Commands commands) {
        this.service = service;
        this.reports = reports;
        this.commands = commands;
    }

    /**
     * Publishes {@code count} promises at this rate, and answers what was seen of those watched.
     */
    Load.Seen measure(int perSecond, int count) {
        ConcurrentLinkedQueue<Wire> readers = new ConcurrentLinkedQueue<>();
        int watched = count / ONE_IN;
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Future<Load.Seen> others =
                    one.submit(
                            () ->
                                    Load.open(
                                            service,
                                            CONNECTIONS,
                                            perSecond - perSecond / ONE_IN,
                                            count - watched,
                                            (wire, n) -> commands.publish(wire, watched + n)));
            Load.Seen seen =
                    Load.open(
                            service,
                            CONNECTIONS,
                            perSecond / ONE_IN,
                            watched,
                            (wire, n) -> publishAndWatch(wire, n, readers));
            others.get();
            return seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the measurement is void", e.getCause());
        } finally {
            readers.forEach(Visible::close);
        }
    }

    private Wire.Answer publishAndWatch(Wire wire, int number, ConcurrentLinkedQueue<Wire> readers)
            throws IOException {
        Wire.Answer answer = commands.publish(wire, number);
        if (!answer.isSuccess()) {
            return answer;
        }
        Wire free = readers.poll();
        Wire reader = free == null ? new Wire(reports) : free;
        Wire.Answer shown = untilShown(reader, commands.promise(number));
        readers.add(reader);
        return shown;
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
