package org.ashar.verifier.record;

import tools.jackson.databind.node.ObjectNode;

/** Entries of the record's history, which both promise and money write. */
final class History {

    /** The newest first. */
    static final Comparison.Order NEWEST =
            item -> Times.sortable(item.path("entry").path("given").path("at").asString(""));

    private History() {}

    /** An entry of which only kind, time and office are told yet. */
    static ObjectNode entry(LoggedEvent event) throws UnreadableEventException {
        ObjectNode entry = Members.object();
        entry.put("kind", event.fact());
        entry.set("given", event.given());
        entry.putNull("text");
        entry.putNull("assessment");
        entry.putNull("amendment");
        entry.putNull("money");
        return entry;
    }

    static ObjectNode item(LoggedEvent event, ObjectNode entry) {
        return Members.object().put("event", event.id()).set("entry", entry);
    }
}
