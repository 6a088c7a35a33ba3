package org.ashar.verifier;

import java.io.IOException;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.verifier.record.CommitmentComparison;
import org.ashar.verifier.record.Difference;
import org.ashar.verifier.record.Judgement;
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
                        case UNKNOWN -> denied();
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
        boolean incomplete = record.hasNonNull("incompleteSince");
        JsonNode cutAt = record.path("cutAt");
        if (record.hasNonNull("cutAt") && isBorneOut(cutAt)) {
            return undecided("record.cut", "at", cutAt.toString());
        }
        Compared compared =
                record.hasNonNull("cutAt")
                        ? new Compared(notCut(cutAt), Collections.emptySortedMap())
                        : compare(record, restsOn);
        Judgement judged = compared.judged();
        if (!judged.differences().isEmpty()) {
            SortedMap<String, Long> beyond = beyond(record, restsOn);
            if (beyond.isEmpty()) {
                return new Differs(judged);
            }
            return last ? torn(beyond) : new Again();
        }
        String behind = behind(restsOn, compared.stopped().keySet());
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
        if (!compared.stopped().isEmpty()) {
            return unreadable(compared.stopped().values().iterator().next());
        }
        tally.same(commitment);
        return new Settled();
    }

    /** The record denies it; that its publication is in the log must be sure before it is told. */
    private Outcome denied() throws IOException {
        try {
            Folded.of(log, commitment, Map.of());
            return new Differs(new Judgement(List.of(lacks()), NONE));
        } catch (UnreadableEventException e) {
            return unreadable(e);
        }
    }

    private Settled unreadable(UnreadableEventException e) {
        tally.undecided(commitment, Case.unreadable(e));
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

    /** A stream of which the log has more than the record; empty where there is none other. */
    private String behind(SortedMap<String, Long> restsOn, Set<String> otherThan) {
        return streams()
                .filter(stream -> !otherThan.contains(stream))
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

    private Stream<String> streams() {
        return Stream.concat(Stream.of(commitment), log.about(commitment).stream());
    }

    /**
     * What came of comparing all that can be read.
     *
     * @param stopped the events that cannot, by stream: the record rests on them, or may not go on
     *     because of them
     */
    private record Compared(
            Judgement judged, SortedMap<String, UnreadableEventException> stopped) {}

    private Compared compare(JsonNode record, SortedMap<String, Long> restsOn) throws IOException {
        try {
            Folded known = Folded.of(log, commitment, restsOn);
            places.accept(known.promise().place());
            Judgement judged =
                    known.stopped().isEmpty()
                            ? CommitmentComparison.judge(
                                    known.promise(), record, day.on(), day.zone(), log)
                            : CommitmentComparison.judgeEntries(
                                    known.promise(), record, day.on(), day.zone(), log);
            Map<String, Long> next = next(restsOn);
            return new Compared(
                    judged,
                    next.equals(restsOn)
                            ? known.stopped()
                            : Folded.of(log, commitment, next).stopped());
        } catch (UnreadableEventException e) {
            return new Compared(
                    new Judgement(List.of(), NONE), new TreeMap<>(Map.of(commitment, e)));
        }
    }

    /** Of each stream one event more than the record has, where the log has one. */
    private Map<String, Long> next(SortedMap<String, Long> restsOn) {
        return streams()
                .collect(
                        Collectors.toMap(
                                stream -> stream,
                                stream ->
                                        Math.min(
                                                restsOn.getOrDefault(stream, 0L) + 1,
                                                log.count(stream))));
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
