package org.ashar.portal.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What an entry says, read for showing. Whoever wrote it, it is text of others: nothing in it is
 * relied on but what has the form it must have.
 *
 * @param time null where it is none
 * @param payload where its data lie that are too large for an entry
 * @param data what the event is about; a missing node where the entry does not hold it
 */
public record LoggedEvent(
        String id,
        String type,
        String subject,
        @Nullable Instant time,
        @Nullable Instant recorded,
        @Nullable String payload,
        JsonNode data) {

    public static LoggedEvent of(String entry) {
        JsonNode event;
        try {
            event = AsharJson.lenient().readTree(entry);
        } catch (JacksonException e) {
            // It is shown as the bytes that it is.
            event = MissingNode.getInstance();
        }
        return new LoggedEvent(
                event.path("id").asString(""),
                event.path("type").asString(""),
                event.path("subject").asString(""),
                instant(event.path("time").asString("")),
                instant(event.path("recordedtime").asString("")),
                payload(event.path("dataref").asString("")),
                event.path("data"));
    }

    private static @Nullable String payload(String reference) {
        return reference.matches("/api/ledger/payloads/[0-9a-f]{64}") ? reference : null;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The fact's name: {@code commitment-amended}; the type itself where it has another form. */
    public String fact() {
        String[] parts = type.split("\\.", -1);
        return parts.length == 5 ? parts[3] : type;
    }

    /** The stream of the commitment that it is of or about. */
    public @Nullable StreamId commitment() {
        StreamId own = stream(subject);
        StreamId about = stream(data.path("commitment").asString(""));
        return own != null && own.type().equals("commitment")
                ? own
                : about != null && about.type().equals("commitment") ? about : null;
    }

    private static @Nullable StreamId stream(String text) {
        return StreamId.parse(text) instanceof Checked.Valid<StreamId>(StreamId id) ? id : null;
    }

    /** {@code <scheme>/<code>} of the place that it concerns. */
    public @Nullable String place() {
        return placeKey(data.path("place"));
    }

    /** What an event calls that place. */
    public String placeName() {
        return data.path("place").path("name").asString("");
    }

    /** {@code <scheme>/<code>} where this is a place; null where it is none. */
    public static @Nullable String placeKey(JsonNode node) {
        String key = node.path("scheme").asString("") + "/" + node.path("code").asString("");
        return isPlaceKey(key) && node.has("name") ? key : null;
    }

    /** Whether it has the form {@code <scheme>/<code>}. */
    public static boolean isPlaceKey(String text) {
        return text.matches("[a-z0-9-]{1,40}/[A-Za-z0-9][A-Za-z0-9.-]{0,39}");
    }
}
