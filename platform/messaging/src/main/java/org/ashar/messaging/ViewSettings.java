package org.ashar.messaging;

import java.time.Duration;
import java.util.Map;

/**
 * How a view is kept.
 *
 * @param installation the installation whose events count; others' are parked
 * @param kafka client properties: {@code bootstrap.servers} and, where needed, security; a {@code
 *     group.instance.id} where an instance has a name of its own that it keeps when restarted (it
 *     then takes its partitions over at once after a crash; nobody else gets them for 10 s after it
 *     stopped, and two processes of one name push each other out)
 * @param concurrency consumers in this process and generation
 * @param batch events applied in one go, at most
 * @param heldLimit events held in one partition before it pauses
 * @param retireAfter how long a generation is kept after the switch, for readers elsewhere that
 *     have not yet heard of it; at least 3 s
 * @param stopWithin how long stopping may take
 */
public record ViewSettings(
        String installation,
        Map<String, Object> kafka,
        int concurrency,
        int batch,
        int heldLimit,
        Duration retireAfter,
        Duration stopWithin) {

    public ViewSettings {
        kafka = Map.copyOf(kafka);
        if (concurrency < 1
                || batch < 1
                || heldLimit < 1
                || retireAfter.compareTo(ViewReader.REMEMBERED.multipliedBy(3)) < 0
                || !stopWithin.isPositive()) {
            throw new IllegalArgumentException("settings out of range");
        }
    }

    /** The usual settings. */
    public static ViewSettings of(String installation, Map<String, Object> kafka) {
        return new ViewSettings(
                installation,
                kafka,
                2,
                2_000,
                10_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    /** The same with another limit of held events. */
    public ViewSettings withHeldLimit(int limit) {
        return new ViewSettings(
                installation, kafka, concurrency, batch, limit, retireAfter, stopWithin);
    }

    /** The same, reading at most {@code events} at a time. */
    public ViewSettings withBatch(int events) {
        return new ViewSettings(
                installation, kafka, concurrency, events, heldLimit, retireAfter, stopWithin);
    }

    /** The same, keeping a retired generation for this long. */
    public ViewSettings withRetireAfter(Duration time) {
        return new ViewSettings(
                installation, kafka, concurrency, batch, heldLimit, time, stopWithin);
    }
}
