package org.ashar.verifier.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import org.ashar.kernel.Checked;
import org.ashar.kernel.canonical.CanonicalJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry of the log, as far as the record follows from it.
 *
 * @param index in the log
 * @param stream whose event it is
 * @param sequence within the stream, from 1
 * @param type with service and version
 * @param at when it happened
 * @param recordedAt when it was recorded: another time in a demonstration
 */
public record LoggedEvent(
        long index,
        String stream,
        long sequence,
        String type,
        Instant at,
        Instant recordedAt,
        JsonNode data) {

    /** Reads whatever has a canonical form, however long its names are: the log holds that. */
    public static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNameLength(Integer.MAX_VALUE)
                                                    .maxNumberLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .build();

    /** Of canonical data: what record services take of one event, and more by none. */
    private static final int MOST_DATA = 48 * 1024;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /**
     * Reads an entry that is known to be canonical JSON. Data of which no record may know are not
     * read: those that are more than a record takes, as are all that lie beside the log because no
     * entry holds them.
     */
    public static LoggedEvent of(long index, byte[] entry) throws UnreadableEventException {
        try {
            JsonNode event = JSON.readTree(entry);
            if (!event.has("data") && event.has("dataref")) {
                throw new UnreadableEventException(
                        index, "its data, beside the log, are more than a record takes");
            }
            if (entry.length > MOST_DATA && size(event.path("data")) > MOST_DATA) {
                throw new UnreadableEventException(index, "its data are more than a record takes");
            }
            Instant at = instant(event.path("time"));
            JsonNode recorded = event.path("recordedtime");
            return new LoggedEvent(
                    index,
                    event.path("subject").asString(""),
                    Long.parseLong(event.path("sequence").asString("")),
                    event.path("type").asString(""),
                    at,
                    recorded.isMissingNode() ? at : instant(recorded),
                    event.path("data"));
        } catch (JacksonException | DateTimeException | NumberFormatException e) {
            throw new UnreadableEventException(index, "it is no event");
        }
    }

    private static int size(JsonNode data) {
        return CanonicalJson.ofMember(data.toString().getBytes(UTF_8))
                        instanceof Checked.Valid<byte[]>(byte[] canonical)
                ? canonical.length
                : 0;
    }

    /** Of a year that calendars have in every zone. */
    private static Instant instant(JsonNode json) {
        Instant instant = Instant.parse(json.asString(""));
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new DateTimeException("it is of no such year");
        }
        return instant;
    }

    String id() {
        return stream + "@" + sequence;
    }

    /** {@code org.ashar.budget-commitments.commitment-amended.v1} → {@code commitment-amended}. */
    String fact() {
        String[] parts = type.split("\\.", -1);
        return parts.length < 2 ? type : parts[parts.length - 2];
    }

    boolean isDemonstration() {
        return !recordedAt.equals(at);
    }

    /** When and in which office it was done, as the record says it. */
    ObjectNode given() throws UnreadableEventException {
        ObjectNode given = Members.object();
        given.put("at", at.toString());
        given.put("recordedAt", isDemonstration() ? recordedAt.toString() : null);
        given.put("role", text(data.path("by"), "role"));
        given.put("organisation", text(data.path("by"), "organisation"));
        return given;
    }

    /** A member that must be there. */
    JsonNode need(String name) throws UnreadableEventException {
        return need(data, name);
    }

    JsonNode need(JsonNode in, String name) throws UnreadableEventException {
        JsonNode member = in.path(name);
        if (member.isMissingNode() || member.isNull()) {
            throw unreadable("it has no " + name);
        }
        return member;
    }

    String text(String name) throws UnreadableEventException {
        return text(data, name);
    }

    String text(JsonNode in, String name) throws UnreadableEventException {
        JsonNode member = need(in, name);
        if (!member.isString()) {
            throw unreadable(name + " is no text");
        }
        return member.asString();
    }

    UnreadableEventException unreadable(String why) {
        return new UnreadableEventException(index, why);
    }
}
