package org.ashar.accountability.ledger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an entry is found by, read from its leaf alone.
 *
 * @param type the event's type
 * @param place {@code <scheme>/<code>} of the place it concerns, where it names one
 * @param commitment the stream of the commitment that it is of or about, if any
 */
record Facets(String type, @Nullable String place, @Nullable String commitment) {

    private static final String COMMITMENT = "commitment/";

    static Facets of(byte[] leaf) {
        JsonNode event = JsonMapper.shared().readTree(leaf);
        String subject = event.path("subject").asString("");
        JsonNode data = event.path("data");
        JsonNode place = data.path("place");
        String scheme = place.path("scheme").asString("");
        String code = place.path("code").asString("");
        String about = data.path("commitment").asString("");
        return new Facets(
                event.path("type").asString(""),
                scheme.isEmpty() || code.isEmpty() ? null : scheme + "/" + code,
                subject.startsWith(COMMITMENT)
                        ? subject
                        : about.startsWith(COMMITMENT) ? about : null);
    }
}
