package org.ashar.accountability.readmodel.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ashar.accountability.contract.consumed.LoggedPublication;
import org.ashar.accountability.domain.finding.Citation;
import org.ashar.accountability.domain.finding.Citation.Logged;
import org.ashar.accountability.domain.finding.Citation.NotLogged;
import org.ashar.accountability.domain.finding.Subject;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import tools.jackson.databind.JsonNode;

/**
 * Reads from the ledger what findings rest on: nothing else is known here of what others publish,
 * and whoever doubts it can verify the very entries.
 */
public final class LoggedSubjects {

    /** The types of streams that a finding can be about. */
    public static final List<String> STREAM_TYPES =
            List.of("commitment", "budget-commitment", "progress-report");

    private record Found(Logged at, LoggedPublication publication) {}

    private final Ledger ledger;

    public LoggedSubjects(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whether and where an event is in the ledger. */
    public Citation citation(String event) {
        return ledger.index(event)
                .<Citation>map(index -> new Logged(event, index))
                .orElseGet(() -> new NotLogged(event));
    }

    /** What the ledger knows of this stream; of what belongs to a promise, with the promise. */
    public Subject subject(StreamId stream) {
        return published(stream)
                .flatMap(own -> known(stream, own))
                .orElseGet(() -> new Subject.Unknown(stream));
    }

    private Optional<Subject> known(StreamId stream, Found own) {
        StreamId commitment = own.publication().data().commitment();
        return commitment == null
                ? Optional.of(known(stream, stream, List.of(own)))
                : published(commitment)
                        .map(promise -> known(stream, commitment, List.of(own, promise)));
    }

    private static Subject known(StreamId stream, StreamId commitment, List<Found> found) {
        Set<String> answerable = new TreeSet<>();
        List<Logged> reliedOn = new ArrayList<>();
        for (Found one : found) {
            answerable.addAll(one.publication().organisations());
            reliedOn.add(one.at());
        }
        return new Subject.Known(
                stream,
                commitment,
                found.getFirst().publication().data().place(),
                answerable,
                reliedOn);
    }

    private Optional<Found> published(StreamId stream) {
        return switch (citation(PublishedEvent.idOf(stream, 1))) {
            case Logged at -> {
                JsonNode event = AsharJson.lenient().readTree(ledger.entry(at.index()));
                yield LoggedPublication.TYPES.contains(event.path("type").asString(""))
                                && event.path("data").isObject()
                        ? Optional.of(
                                new Found(
                                        at,
                                        AsharJson.lenient()
                                                .treeToValue(event, LoggedPublication.class)))
                        : Optional.empty();
            }
            case NotLogged _ -> Optional.empty();
        };
    }
}
