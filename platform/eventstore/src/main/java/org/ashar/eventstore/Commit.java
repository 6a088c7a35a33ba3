package org.ashar.eventstore;

import java.time.Instant;
import java.util.List;
import org.ashar.kernel.Actor;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * One command's effect as it was written: never changed afterwards, save that {@code pending} goes.
 *
 * @param stream whose history it continues
 * @param from sequence of its first domain event
 * @param to sequence of its last one: the stream's version after it
 * @param commandId of the command that it is the effect of
 * @param fingerprint of that command's content
 * @param actor who gave it
 * @param time when it counts as given
 * @param recordedTime when it was recorded, where that differs
 * @param traceparent W3C trace context, if any
 * @param events the domain events, {@code to - from + 1} of them
 * @param published what they gave rise to, as final bytes; empty for a draft
 * @param publishedTo the stream's last published sequence after it
 * @param pending whether the relay still has work with it
 */
public record Commit(
        StreamId stream,
        long from,
        long to,
        String commandId,
        String fingerprint,
        Actor actor,
        Instant time,
        @Nullable Instant recordedTime,
        @Nullable String traceparent,
        List<StoredEvent> events,
        List<PublishedEvent> published,
        long publishedTo,
        boolean pending) {

    public Commit {
        events = List.copyOf(events);
        published = List.copyOf(published);
    }

    /** {@code <stream>@<from>}: decides between writers who race for the same place. */
    public String id() {
        return stream + "@" + from;
    }

    /** When it was recorded, by the clock of the process that did. */
    public Instant recordedAt() {
        return recordedTime == null ? time : recordedTime;
    }

    /** Characters and bytes of what it says, about: what it takes to hold it in memory. */
    long contentSize() {
        long size = 0;
        for (StoredEvent event : events) {
            size += event.json().length();
        }
        for (PublishedEvent event : published) {
            size += event.data().length;
        }
        return size;
    }

    /**
     * A domain event as stored.
     *
     * @param name its explicit name
     * @param json its content
     */
    public record StoredEvent(String name, String json) {}
}
