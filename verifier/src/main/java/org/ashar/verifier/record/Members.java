package org.ashar.verifier.record;

import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes documents apart and puts them together. */
final class Members {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Members() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    static ArrayNode texts(Collection<String> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    static ArrayNode nodes(Collection<? extends JsonNode> values) {
        return array().addAll(values);
    }

    /** These members alone; null stands for one that is not there. */
    static ObjectNode pick(JsonNode from, String... names) {
        ObjectNode picked = object();
        for (String name : names) {
            JsonNode member = from.path(name);
            picked.set(name, member.isMissingNode() ? NODES.nullNode() : member);
        }
        return picked;
    }

    /** Of each element these members alone. */
    static ArrayNode pickEach(JsonNode from, String... names) {
        ArrayNode picked = array();
        for (JsonNode element : from) {
            picked.add(pick(element, names));
        }
        return picked;
    }

    static ObjectNode place(JsonNode place) {
        return pick(place, "scheme", "code", "name", "asOf");
    }

    static ObjectNode period(JsonNode period) {
        return pick(period, "start", "end");
    }

    static ArrayNode evidence(JsonNode evidence) {
        return pickEach(
                evidence,
                "sha256",
                "mediaType",
                "size",
                "capturedOn",
                "place",
                "licence",
                "facesConsented",
                "link");
    }
}
