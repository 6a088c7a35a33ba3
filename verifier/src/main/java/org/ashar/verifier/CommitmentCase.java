package org.ashar.verifier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
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
    public boolean settle(Served served, boolean last) throws IOException {
        if (log.count(commitment) == 0) {
            if (last) {
                tally.undecided(commitment, Case.undecided("log.commitment-missing"));
            }
            return last;
        }
        return switch (served) {
            case NoDocument _ -> {
                tally.undecided(commitment, Case.undecided("record.unreadable"));
                yield true;
            }
            case NotFound(String code) -> {
                if (code.equals("record.incomplete")) {
                    tally.undecided(commitment, Case.undecided("record.incomplete"));
                    yield true;
                }
                if (last) {
                    tally.differs(List.of(Case.lacks(commitment, sources(commitment))));
                }
                yield last;
            }
            case Document(JsonNode record, _) -> settle(record, last);
        };
    }

    private boolean settle(JsonNode record, boolean last) throws IOException {
        SortedMap<String, Long> restsOn = restsOn(record.path("restsOn"));
        if (restsOn.isEmpty()) {
            tally.undecided(commitment, Case.undecided("record.unreadable"));
            return true;
        }
        day.hear(record.path("zone").asString(""));
        for (Map.Entry<String, Long> rests : restsOn.entrySet()) {
            if (rests.getValue() > log.count(rests.getKey())) {
                if (last) {
                    ahead(rests.getKey(), rests.getValue());
                }
                return last;
            }
        }
        String behind = behind(restsOn);
        boolean incomplete = record.hasNonNull("incompleteSince");
        if (!behind.isEmpty() && !incomplete && !last) {
            return false;
        }
        if (record.hasNonNull("cutAt")) {
            cut(record.path("cutAt"));
        } else if (compare(record, restsOn)) {
            if (incomplete) {
                tally.undecided(
                        commitment,
                        Case.undecided(
                                "record.incomplete",
                                "since",
                                record.path("incompleteSince").asString("")));
            } else if (!behind.isEmpty()) {
                tally.undecided(
                        commitment,
                        Case.undecided(
                                "record.behind",
                                "stream",
                                behind,
                                "record",
                                Long.toString(restsOn.getOrDefault(behind, 0L)),
                                "log",
                                Long.toString(log.count(behind))));
            } else {
                tally.same(commitment);
            }
        }
        return true;
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

    private void ahead(String stream, long sequence) {
        tally.undecided(
                commitment,
                Case.undecided(
                        "record.not-yet-logged",
                        "stream",
                        stream,
                        "record",
                        Long.toString(sequence),
                        "log",
                        Long.toString(log.count(stream))));
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
    private void cut(JsonNode at) {
        long most = Math.max(log.about(commitment).size(), log.count(commitment));
        if (most > at.asLong(0)) {
            tally.undecided(commitment, Case.undecided("record.cut", "at", at.toString()));
        } else {
            tally.differs(
                    List.of(
                            new Difference(
                                    commitment,
                                    "/cutAt",
                                    at.toString(),
                                    Difference.NOTHING,
                                    List.of())));
        }
    }

    /** Whether it came to a judgement, and nothing differs. */
    private boolean compare(JsonNode record, SortedMap<String, Long> restsOn) throws IOException {
        try {
            Promise promise = promise(log, commitment, restsOn);
            places.accept(promise.place());
            Judgement judged =
                    CommitmentComparison.judge(promise, record, day.on(), day.zone(), log);
            tally.notJudged(judged.unknown());
            tally.differs(judged.differences());
            return judged.differences().isEmpty();
        } catch (UnreadableEventException e) {
            tally.undecided(commitment, unreadable(e));
            return false;
        }
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

    private List<Difference.Source> sources(String stream) {
        String first = stream + "@1";
        return log.of(first).stream()
                .mapToObj(index -> new Difference.Source(first, index))
                .toList();
    }
}
