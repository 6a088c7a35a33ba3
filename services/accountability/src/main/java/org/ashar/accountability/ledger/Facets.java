package org.ashar.accountability.ledger;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an entry is found by, read from its event alone.
 *
 * @param type the event's type
 * @param place {@code <scheme>/<code>} of the place it concerns, where it names one
 * @param commitment the stream of the commitment that it is of or about, if any
 * @param plan the stream of the community plan that it is of or about, if any
 * @param school the stream of the school that it is of or about, if any
 * @param organisation the id of the organisation that it is recorded of, if any
 */
public record Facets(
        String type,
        @Nullable String place,
        @Nullable String commitment,
        @Nullable String plan,
        @Nullable String school,
        @Nullable String organisation) {

    /** Nobody is to fill an index with what no filter can ask for. */
    private static final int LONGEST = 200;

    /** Takes whatever has a canonical form: no length of a name stops the log. */
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNameLength(Integer.MAX_VALUE)
                                                    .maxNumberLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .build();

    static Facets of(byte[] leaf, Payloads payloads) {
        JsonNode event = JSON.readTree(leaf);
        JsonNode data =
                Entry.payloadOf(leaf)
                        .map(digest -> JSON.readTree(payloads.find(digest).orElseThrow()))
                        .orElseGet(() -> event.path("data"));
        String subject = event.path("subject").asString("");
        JsonNode place = data.path("place");
        String scheme = place.path("scheme").asString("");
        String code = place.path("code").asString("");
        return new Facets(
                event.path("type").asString(""),
                scheme.isEmpty() || code.isEmpty() ? null : usable(scheme + "/" + code),
                stream(Selection.COMMITMENT, subject, data.path("commitment")),
                stream(Selection.PLAN, subject, data.path("plan")),
                stream(Selection.SCHOOL, subject, data.path("school")),
                usable(data.path("by").path("organisation").asString("")));
    }

    /** The stream of a type that an event is of, else the one that it names. */
    private static @Nullable String stream(String type, String subject, JsonNode named) {
        String about = named.asString("");
        return subject.startsWith(type + "/")
                ? subject
                : about.startsWith(type + "/") ? usable(about) : null;
    }

    private static @Nullable String usable(String text) {
        return text.isEmpty() || text.length() > LONGEST ? null : text;
    }
}
