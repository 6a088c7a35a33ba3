package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.MongoException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.LogEntry;
import org.ashar.accountability.ledger.Selection;
import org.ashar.web.OpenAnswers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is selected of the log to one who follows it, and first of all and after a silence,
 * how far it has looked. Nothing is queued: it reads at its own pace from where it is. Who is left
 * because they do not take what is written goes on later from the last index that arrived.
 */
final class Follower implements OpenAnswers.Writer {

    /** Nothing is written for no longer than this. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final int AT_ONCE = 16;

    private final Ledger ledger;
    private final Selection selection;
    private final Pace pace;
    private long next;

    /**
     * @param from the index of the first entry that is wanted
     * @param pace shared by all who read what has to be fetched from the store
     */
    Follower(Ledger ledger, Selection selection, long from, Pace pace) {
        this.ledger = ledger;
        this.selection = selection;
        this.pace = pace;
        this.next = from;
    }

    @Override
    public void write(OutputStream out) throws IOException, InterruptedException {
        out.write("retry: 2000\n".getBytes(UTF_8));
        out.write(place());
        long wroteAt = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted() && !ledger.isOver()) {
                Duration silent = Duration.ofNanos(System.nanoTime() - wroteAt);
                boolean isLong = silent.compareTo(SILENCE) >= 0;
                if (writeMore(out, SILENCE.minus(silent))) {
                    wroteAt = System.nanoTime();
                } else if (isLong) {
                    out.write(place());
                    wroteAt = System.nanoTime();
                }
            }
        } catch (MongoException e) {
            LOG.debug("The log cannot be read; the follower is to come back", e);
        }
    }

    /** Whether anything came within {@code most} that is selected. */
    private boolean writeMore(OutputStream out, Duration most)
            throws IOException, InterruptedException {
        long size = ledger.awaitLonger(next, most);
        boolean isNear = ledger.remembers(next);
        Ledger.Part found = ledger.follow(selection, next, size, AT_ONCE);
        for (LogEntry entry : found.entries()) {
            ByteArrayOutputStream written = new ByteArrayOutputStream(entry.leaf().length + 200);
            String head = "id: " + entry.index() + "\nevent: " + entry.facets().type() + "\ndata: ";
            written.writeBytes(head.getBytes(UTF_8));
            written.writeBytes(entry.leaf());
            written.writeBytes("\n\n".getBytes(UTF_8));
            out.write(written.toByteArray());
        }
        if (!isNear && found.entries().size() == AT_ONCE) {
            pace.take(AT_ONCE);
        }
        next = found.next();
        return !found.entries().isEmpty();
    }

    /** Where one who comes back from here goes on. */
    private byte[] place() {
        return ("id: " + (next - 1) + "\n\n").getBytes(UTF_8);
    }
}
