package org.ashar.verifier.record;

import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
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

    /** Reads an entry that is known to be canonical JSON. */
    public static LoggedEvent of(long index, byte[] entry) throws UnreadableEventException {
        try {
            JsonNode event = JsonMapper.shared().readTree(entry);
            Instant at = Instant.parse(event.path("time").asString(""));
            JsonNode recorded = event.path("recordedtime");
            return new LoggedEvent(
                    index,
                    event.path("subject").asString(""),
                    Long.parseLong(event.path("sequence").asString("")),
                    event.path("type").asString(""),
                    at,
                    recorded.isMissingNode() ? at : Instant.parse(recorded.asString("")),
                    event.path("data"));
        } catch (JacksonException | DateTimeException | NumberFormatException e) {
            throw new UnreadableEventException(index, "it is no event");
        }
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
