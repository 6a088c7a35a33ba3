package org.ashar.eventstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.ashar.kernel.Actor;
import org.ashar.kernel.StreamId;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Commits as documents. What is absent is left out; instants keep whole milliseconds. */
final class CommitCodec {

    static final String STREAM = "stream";
    static final String FROM = "from";
    static final String TO = "to";
    static final String COMMAND = "commandId";
    static final String PENDING = "pending";

    private CommitCodec() {}

    static Document write(Commit commit) {
        Document document =
                new Document("_id", commit.id())
                        .append(STREAM, commit.stream().toString())
                        .append(FROM, commit.from())
                        .append(TO, commit.to())
                        .append(COMMAND, commit.commandId())
                        .append("fingerprint", commit.fingerprint())
                        .append("actor", actor(commit.actor()))
                        .append("time", Date.from(commit.time()));
        optional(document, "recordedTime", date(commit.recordedTime()));
        optional(document, "traceparent", commit.traceparent());
        document.append("events", commit.events().stream().map(CommitCodec::event).toList())
                .append("published", commit.published().stream().map(CommitCodec::event).toList())
                .append("publishedTo", commit.publishedTo());
        optional(document, PENDING, commit.pending() ? commit.id() : null);
        return document;
    }

    static Commit read(Document document) {
        StreamId stream = StreamId.parse(document.getString(STREAM)).orThrow();
        Document actor = document.get("actor", Document.class);
        List<Commit.StoredEvent> events = new ArrayList<>();
        for (Document event : document.getList("events", Document.class)) {
            events.add(new Commit.StoredEvent(event.getString("name"), event.getString("json")));
        }
        List<PublishedEvent> published = new ArrayList<>();
        for (Document event : document.getList("published", Document.class)) {
            published.add(published(stream, event));
        }
        return new Commit(
                stream,
                number(document, FROM),
                number(document, TO),
                document.getString(COMMAND),
                document.getString("fingerprint"),
                new Actor(
                        actor.getString("id"),
                        actor.getString("role"),
                        actor.getString("organisation")),
                document.getDate("time").toInstant(),
                instant(document, "recordedTime"),
                document.getString("traceparent"),
                events,
                published,
                number(document, "publishedTo"),
                document.containsKey(PENDING));
    }

    /** An integer field, whichever width the store gave it. */
    static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }

    private static Document actor(Actor actor) {
        return new Document("id", actor.id())
                .append("role", actor.role())
                .append("organisation", actor.organisation());
    }

    private static Document event(Commit.StoredEvent event) {
        return new Document("name", event.name()).append("json", event.json());
    }

    private static Document event(PublishedEvent event) {
        Document document =
                new Document("id", event.id())
                        .append("source", event.source())
                        .append("type", event.type())
                        .append("sequence", event.sequence())
                        .append("time", Date.from(event.time()));
        optional(document, "recordedTime", date(event.recordedTime()));
        optional(document, "traceparent", event.traceparent());
        return document.append("data", new Binary(event.data()));
    }

    private static PublishedEvent published(StreamId stream, Document event) {
        return new PublishedEvent(
                event.getString("id"),
                event.getString("source"),
                event.getString("type"),
                stream,
                number(event, "sequence"),
                event.getDate("time").toInstant(),
                instant(event, "recordedTime"),
                event.getString("traceparent"),
                event.get("data", Binary.class).getData());
    }

    private static void optional(Document document, String field, @Nullable Object value) {
        if (value != null) {
            document.append(field, value);
        }
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static @Nullable Instant instant(Document document, String field) {
        Date date = document.getDate(field);
        return date == null ? null : date.toInstant();
    }
}
