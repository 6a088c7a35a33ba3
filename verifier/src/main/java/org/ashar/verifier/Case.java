package org.ashar.verifier;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.ashar.verifier.record.Judgement;
import org.ashar.verifier.record.LoggedEvent;
import org.ashar.verifier.record.UnreadableEventException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A served document that is held against the log. */
sealed interface Case permits CommitmentCase, PlaceCase {

    /** Of the document: a commitment's stream, or a place. */
    String subject();

    /** How many events the log has by now that the document rests on. */
    long events();

    /** Asks for the document. */
    Served read() throws IOException, InterruptedException;

    /**
     * Judges what was served against what is known of the log by now.
     *
     * @param last whether it will not be asked for again
     */
    Outcome settle(Served served, boolean last) throws IOException;

    /** What came of judging. */
    sealed interface Outcome {}

    /** It is told, as the same or as undecided. */
    record Settled() implements Outcome {}

    /** It may be another thing in a moment; never where it is the last time. */
    record Again() implements Outcome {}

    /**
     * It says something else than the log. That alone proves nothing: a document is put together
     * from several queries, and may be torn where events come in meanwhile.
     */
    record Differs(Judgement judged) implements Outcome {}

    /** What was served. */
    sealed interface Served {}

    /** No such document is there; {@code code} says why, where it was the record that said so. */
    record NotFound(String code) implements Served {}

    /** Something that is no document. */
    record NoDocument() implements Served {}

    /**
     * A document.
     *
     * @param moved whether it changed while its pages were read
     */
    record Document(JsonNode json, boolean moved) implements Served {}

    /** The day that documents are asked for, and where it ends. */
    final class Day {
        private static final int LONGEST = 64;
        private final LocalDate on;
        private final ZoneId otherwise;
        private @Nullable ZoneId told;

        Day(LocalDate on, ZoneId otherwise) {
            this.on = on;
            this.otherwise = otherwise;
        }

        LocalDate on() {
            return on;
        }

        ZoneId zone() {
            return told == null ? otherwise : told;
        }

        /** Hears the zone that a document names; the first one holds for all. */
        void hear(String zone) {
            if (told == null && !zone.isEmpty() && zone.length() <= LONGEST) {
                try {
                    told = ZoneId.of(zone);
                } catch (DateTimeException e) {
                    told = otherwise;
                }
            }
        }
    }

    /** A document that says one member twice says nothing: readers would see different things. */
    JsonMapper JSON =
            LoggedEvent.JSON.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Reads an answer of the record. */
    static Served served(Site.Answer answer) {
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (JacksonException e) {
            return answer.status() == 404 ? new NotFound("") : new NoDocument();
        }
        if (answer.status() == 404) {
            return new NotFound(json.path("code").asString(""));
        }
        return json.isObject() ? new Document(json, false) : new NoDocument();
    }

    /** Why it could not be told; facts are names and values in turn. */
    static Records.Undecided undecided(String code, String... facts) {
        Map<String, String> named = new TreeMap<>();
        for (int at = 0; at + 1 < facts.length; at += 2) {
            named.put(facts[at], facts[at + 1]);
        }
        return new Records.Undecided(code, named);
    }

    /** That an event of the log cannot be read: of what may follow from it nothing is told. */
    static Records.Undecided unreadable(UnreadableEventException e) {
        return undecided(
                "log.unknown-event",
                "index",
                Long.toString(e.index()),
                "reason",
                String.valueOf(e.getMessage()));
    }
}
