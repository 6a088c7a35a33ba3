package org.ashar.verifier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.verifier.record.CommitmentComparison;
import org.ashar.verifier.record.Difference;
import org.ashar.verifier.record.Judgement;
import org.ashar.verifier.record.LoggedEvent;
import org.ashar.verifier.record.Promise;
import org.ashar.verifier.record.UnreadableEventException;
import tools.jackson.databind.JsonNode;

/** The record of one commitment, up to just the events that it says it rests on. */
final class CommitmentCase implements Case {

    /** What the record answers for a commitment that it does not know. */
    private static final String UNKNOWN = "record.commitment-unknown";

    private static final Pattern EVENT = Pattern.compile("([^@]+)@([1-9][0-9]{0,11})");
    private static final SortedSet<String> NONE = Collections.emptySortedSet();

    private final String commitment;
    private final Site site;
    private final LogCopy log;
    private final Day day;
    private final Records.Tally tally;
    private final Consumer<String> places;

    /**
     * @param places hears of the place that it is for, once it was folded
     */
    CommitmentCase(
            String commitment,
            Site site,
            LogCopy log,
            Day day,
            Records.Tally tally,
            Consumer<String> places) {
        this.commitment = commitment;
        this.site = site;
        this.log = log;
        this.day = day;
        this.tally = tally;
        this.places = places;
    }

    @Override
    public String subject() {
        return commitment;
    }

    @Override
    public long events() {
        return counts(log, commitment).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The streams that its record rests on, and how many events of each there are by now. */
    static Map<String, Long> counts(LogCopy log, String commitment) {
        Map<String, Long> counts = new HashMap<>();
        counts.put(commitment, log.count(commitment));
        log.about(commitment).forEach(stream -> counts.put(stream, log.count(stream)));
        return counts;
    }

    @Override
    public Served read() throws IOException, InterruptedException {
        if (!(StreamId.parse(commitment) instanceof Checked.Valid<StreamId>(StreamId stream))) {
            return new NoDocument();
        }
        return Case.served(
                site.record("api/record/commitments/" + stream.id() + "?on=" + day.on()));
    }

    @Override
    public Outcome settle(Served served, boolean last) throws IOException {
        if (log.count(commitment) == 0) {
            return last ? undecided("log.commitment-missing") : new Again();
        }
        return switch (served) {
            case NoDocument _ -> undecided("record.unreadable");
            case NotFound(String code) ->
                    switch (code) {
                        case UNKNOWN -> new Differs(new Judgement(List.of(lacks()), NONE));
                        case "record.incomplete" -> undecided("record.incomplete");
                        default ->
                                last ? undecided("record.no-answer", "status", "404") : new Again();
                    };
            case Document(JsonNode record, _) -> settle(record, last);
        };
    }

    private Outcome settle(JsonNode record, boolean last) throws IOException {
        SortedMap<String, Long> restsOn = restsOn(record.path("restsOn"));
        if (restsOn.isEmpty()) {
            return undecided("record.unreadable");
        }
        day.hear(record.path("zone").asString(""));
        for (Map.Entry<String, Long> rests : restsOn.entrySet()) {
            if (rests.getValue() > log.count(rests.getKey())) {
                return last ? notYetLogged(rests.getKey(), rests.getValue()) : new Again();
            }
        }
        String behind = behind(restsOn);
        boolean incomplete = record.hasNonNull("incompleteSince");
        JsonNode cutAt = record.path("cutAt");
        if (record.hasNonNull("cutAt") && isBorneOut(cutAt)) {
            return undecided("record.cut", "at", cutAt.toString());
        }
        Judgement judged;
        try {
            judged = record.hasNonNull("cutAt") ? notCut(cutAt) : judge(record, restsOn);
        } catch (UnreadableEventException e) {
            tally.undecided(commitment, unreadable(e));
            return new Settled();
        }
        if (!judged.differences().isEmpty()) {
            SortedMap<String, Long> beyond = beyond(record, restsOn);
            if (beyond.isEmpty()) {
                return new Differs(judged);
            }
            return last ? torn(beyond) : new Again();
        }
        if (!behind.isEmpty() && !incomplete && !last) {
            return new Again();
        }
        tally.notJudged(judged.unknown());
        if (incomplete) {
            return undecided(
                    "record.incomplete", "since", record.path("incompleteSince").asString(""));
        }
        if (!behind.isEmpty()) {
            return undecided(
                    "record.behind",
                    "stream",
                    behind,
                    "record",
                    Long.toString(restsOn.getOrDefault(behind, 0L)),
                    "log",
                    Long.toString(log.count(behind)));
        }
        tally.same(commitment);
        return new Settled();
    }

    private Settled undecided(String code, String... facts) {
        tally.undecided(commitment, Case.undecided(code, facts));
        return new Settled();
    }

    /** Streams with at least one event; empty where that is not what the document says. */
    private static SortedMap<String, Long> restsOn(JsonNode json) {
        SortedMap<String, Long> restsOn = new TreeMap<>();
        for (Map.Entry<String, JsonNode> rests : json.properties()) {
            JsonNode sequence = rests.getValue();
            if (!sequence.isIntegralNumber()
                    || !sequence.canConvertToLong()
                    || sequence.asLong() < 1) {
                return new TreeMap<>();
            }
            restsOn.put(rests.getKey(), sequence.asLong());
        }
        return restsOn;
    }

    private Settled notYetLogged(String stream, long sequence) {
        return undecided(
                "record.not-yet-logged",
                "stream",
                stream,
                "record",
                Long.toString(sequence),
                "log",
                Long.toString(log.count(stream)));
    }

    /** A stream of which the log has more than the record; empty where there is none. */
    private String behind(SortedMap<String, Long> restsOn) {
        List<String> streams = new ArrayList<>(log.about(commitment));
        streams.addFirst(commitment);
        return streams.stream()
                .filter(stream -> restsOn.getOrDefault(stream, 0L) < log.count(stream))
                .findFirst()
                .orElse("");
    }

    /** It says that there is more of it than it is made of, which the log may bear out or not. */
    private boolean isBorneOut(JsonNode cutAt) {
        return Math.max(log.about(commitment).size(), log.count(commitment)) > cutAt.asLong(0);
    }

    private Judgement notCut(JsonNode cutAt) {
        String nothing = Difference.NOTHING;
        return new Judgement(
                List.of(new Difference(commitment, "/cutAt", cutAt.toString(), nothing, List.of())),
                NONE);
    }

    private Judgement judge(JsonNode record, SortedMap<String, Long> restsOn)
            throws IOException, UnreadableEventException {
        Promise promise = promise(log, commitment, restsOn);
        places.accept(promise.place());
        return CommitmentComparison.judge(promise, record, day.on(), day.zone(), log);
    }

    /**
     * Events that it names beyond those it rests on: it was put together while they came. What the
     * log has of something else was never a part of it, and excuses nothing.
     */
    private SortedMap<String, Long> beyond(JsonNode record, SortedMap<String, Long> restsOn) {
        SortedMap<String, Long> beyond = new TreeMap<>();
        Set<String> own = counts(log, commitment).keySet();
        Stream.concat(
                        record.findValues("event").stream(),
                        record.findValues("events").stream().flatMap(JsonNode::valueStream))
                .map(event -> EVENT.matcher(event.asString("")))
                .filter(Matcher::matches)
                .forEach(
                        event -> {
                            String stream = event.group(1);
                            long sequence = Long.parseLong(event.group(2));
                            if (sequence > restsOn.getOrDefault(stream, 0L)
                                    && (own.contains(stream) || log.count(stream) == 0)) {
                                beyond.merge(stream, sequence, Math::max);
                            }
                        });
        return beyond;
    }

    private Settled torn(SortedMap<String, Long> beyond) {
        return beyond.entrySet().stream()
                .filter(named -> named.getValue() > log.count(named.getKey()))
                .findFirst()
                .map(ahead -> notYetLogged(ahead.getKey(), ahead.getValue()))
                .orElseGet(() -> undecided("record.moved"));
    }

    /** Folds a commitment up to these sequences, or at least its publication. */
    static Promise promise(LogCopy log, String commitment, Map<String, Long> upTo)
            throws IOException, UnreadableEventException {
        List<List<LoggedEvent>> others = new ArrayList<>();
        for (String stream : log.about(commitment)) {
            List<LoggedEvent> events = log.read(stream, upTo.getOrDefault(stream, 0L));
            if (!events.isEmpty()) {
                others.add(events);
            }
        }
        return new Promise(
                log.read(commitment, Math.max(1, upTo.getOrDefault(commitment, 0L))), others);
    }

    static Records.Undecided unreadable(UnreadableEventException e) {
        return Case.undecided(
                "log.unknown-event",
                "index",
                Long.toString(e.index()),
                "reason",
                String.valueOf(e.getMessage()));
    }

    /** A document that should be there, and is not. */
    private Difference lacks() {
        String first = commitment + "@1";
        return new Difference(
                commitment,
                "",
                Difference.NOTHING,
                "it was published",
                log.of(first).stream()
                        .mapToObj(index -> new Difference.Source(first, index))
                        .toList());
    }
}
