package org.ashar.verifier.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** A commitment with its money and its reports, folded from their events. */
public final class Promise {

    private static final int NAMED = 20;
    private static final String REPORT = "progress-report/";

    final CommitmentFold commitment;
    final List<BudgetFold> budgets = new ArrayList<>();

    /** The newest period first. */
    final List<ReportFold> reports = new ArrayList<>();

    /** The last sequence of each stream. */
    final SortedMap<String, Long> restsOn = new TreeMap<>();

    /** When the latest event was recorded. */
    private Instant asOf = Instant.MIN;

    private boolean demonstration;

    /**
     * Folds the streams of one commitment.
     *
     * @param commitment its own events, from the first; there is one at least
     * @param others those of its budgets and reports, stream by stream, none of them empty
     */
    public Promise(List<LoggedEvent> commitment, List<List<LoggedEvent>> others)
            throws UnreadableEventException {
        this.commitment = folded(commitment, CommitmentFold::new);
        commitment.forEach(this::rest);
        for (List<LoggedEvent> stream : others) {
            stream.forEach(this::rest);
            if (stream.getFirst().stream().startsWith(REPORT)) {
                reports.add(folded(stream, ReportFold::new));
            } else {
                budgets.add(folded(stream, BudgetFold::new));
            }
        }
        reports.sort(
                Comparator.comparing((ReportFold report) -> report.period.days().start())
                        .reversed());
    }

    /** Throws where the events of one stream, from the first, cannot be folded. */
    public static void demandReadable(List<LoggedEvent> stream) throws UnreadableEventException {
        String name = stream.getFirst().stream();
        if (name.startsWith("commitment/")) {
            folded(stream, CommitmentFold::new);
        } else if (name.startsWith(REPORT)) {
            folded(stream, ReportFold::new);
        } else {
            folded(stream, BudgetFold::new);
        }
    }

    /** How the events of a stream become what they tell. */
    private interface Fold<T> {
        T of(List<LoggedEvent> events) throws UnreadableEventException;
    }

    /** Whoever wrote the log chose what is in it: what no fold foresaw is not understood either. */
    private static <T> T folded(List<LoggedEvent> events, Fold<T> fold)
            throws UnreadableEventException {
        try {
            return fold.of(events);
        } catch (RuntimeException e) {
            throw events.getLast().unreadable("it, or one before it, cannot be folded: " + e);
        }
    }

    private void rest(LoggedEvent event) {
        restsOn.put(event.stream(), event.sequence());
        asOf = event.recordedAt().isAfter(asOf) ? event.recordedAt() : asOf;
        demonstration |= event.isDemonstration();
    }

    Instant asOf() {
        return asOf;
    }

    boolean isDemonstration() {
        return demonstration;
    }

    /** {@code <scheme>/<code>} of the place that it is for. */
    public String place() {
        JsonNode place = commitment.published.path("place");
        return place.path("scheme").asString("") + "/" + place.path("code").asString("");
    }

    /** The last event of its own that was folded. */
    public long sequence() {
        return restsOn.getOrDefault(commitment.stream, 0L);
    }

    List<ReportsDue.Due> due(Times times) {
        Map<String, ReportFold> byPeriod = new HashMap<>();
        reports.forEach(report -> byPeriod.put(report.period.id(), report));
        return ReportsDue.of(commitment, byPeriod, times);
    }

    /** Its own events: what follows from it, where nothing else is named. */
    List<String> own() {
        return LongStream.rangeClosed(1, sequence())
                .limit(NAMED)
                .mapToObj(sequence -> commitment.stream + "@" + sequence)
                .toList();
    }
}
