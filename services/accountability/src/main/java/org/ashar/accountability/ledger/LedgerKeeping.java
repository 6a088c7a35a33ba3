package org.ashar.accountability.ledger;

import java.util.List;
import org.ashar.messaging.ParkedEvent;

/** How the log is kept, for those who operate it. */
public final class LedgerKeeping {

    private final Waiting waiting;
    private final LedgerFeed feed;

    LedgerKeeping(Waiting waiting, LedgerFeed feed) {
        this.waiting = waiting;
        this.feed = feed;
    }

    /**
     * What is not in the log as it came.
     *
     * @param held events that wait for the one before them
     * @param parked records that cannot be logged as they are
     * @param paused partitions that wait because too much is held, {@code <topic>:<partition>}
     */
    public record Status(long held, long parked, List<String> paused) {

        public Status {
            paused = List.copyOf(paused);
        }
    }

    public Status status() {
        return new Status(
                waiting.heldCount(),
                waiting.parkedCount(),
                feed.paused().stream()
                        .map(one -> one.topic() + ":" + one.partition())
                        .sorted()
                        .toList());
    }

    /** What is parked behind an id, in the order of the ids. */
    public List<ParkedEvent> parked(String after, int limit) {
        return waiting.parked(after, limit);
    }
}
