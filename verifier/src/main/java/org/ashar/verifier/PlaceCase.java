package org.ashar.verifier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ashar.verifier.record.Judgement;
import org.ashar.verifier.record.PlaceDocument;
import org.ashar.verifier.record.UnreadableEventException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The record of one place with its whole list: whether it counts and lists just the commitments
 * that the log knows for it.
 */
final class PlaceCase implements Case {

    private static final Pattern PLACE =
            Pattern.compile("[a-z0-9-]{1,40}/[A-Za-z0-9][A-Za-z0-9.-]{0,39}");
    private static final int PAGE = 200;
    private static final long LARGEST = 4 << 20;
    private static final long LARGEST_MORE = 8 << 10;

    /** What the subject of a place begins with. */
    static final String PREFIX = "place/";

    private final String place;
    private final Set<String> commitments;
    private final Site site;
    private final LogCopy log;
    private final Day day;
    private final Records.Tally tally;

    /**
     * @param place {@code <scheme>/<code>}
     * @param commitments all that the log knows for it; grows while the log does
     */
    PlaceCase(
            String place,
            Set<String> commitments,
            Site site,
            LogCopy log,
            Day day,
            Records.Tally tally) {
        this.place = place;
        this.commitments = commitments;
        this.site = site;
        this.log = log;
        this.day = day;
        this.tally = tally;
    }

    @Override
    public String subject() {
        return PREFIX + place;
    }

    @Override
    public long events() {
        return commitments.stream()
                .flatMap(one -> CommitmentCase.counts(log, one).values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public Served read() throws IOException, InterruptedException {
        if (!PLACE.matcher(place).matches()) {
            return new NoDocument();
        }
        String prefix = "api/record/places/" + place;
        Site.Answer answer = site.record(prefix + "?on=" + day.on() + "&limit=" + PAGE);
        Served first = Case.served(answer);
        if (!(first instanceof Document(JsonNode whole, _))
                || !(whole.path("commitments").path("items") instanceof ArrayNode rows)) {
            return first instanceof NotFound ? first : new NoDocument();
        }
        int known = commitments.size();
        long room = LARGEST + known * LARGEST_MORE - answer.body().length;
        boolean moved = false;
        String next = whole.path("commitments").path("next").asString("");
        while (!next.isEmpty() && rows.size() <= known) {
            if (!next.startsWith("/" + prefix + "?")) {
                return new NoDocument();
            }
            answer = site.record(next.substring(1));
            room -= answer.body().length;
            if (room < 0 || !(Case.served(answer) instanceof Document(JsonNode page, _))) {
                return new NoDocument();
            }
            moved |= !page.path("restsOn").equals(whole.path("restsOn"));
            JsonNode more = page.path("commitments").path("items");
            if (more.isEmpty()) {
                return new NoDocument();
            }
            more.forEach(rows::add);
            next = page.path("commitments").path("next").asString("");
        }
        return new Document(whole, moved);
    }

    @Override
    public Outcome settle(Served served, boolean last) throws IOException {
        return switch (served) {
            case NoDocument _ -> undecided("record.unreadable");
            // No event tells which places there are: that one is not known there proves nothing.
            case NotFound(String code) ->
                    last ? undecided("record.no-answer", "code", code) : new Again();
            case Document(JsonNode record, boolean moved) -> settle(record, moved, last);
        };
    }

    private Outcome settle(JsonNode record, boolean moved, boolean last) throws IOException {
        if (record.hasNonNull("incompleteSince") || record.hasNonNull("cutAt")) {
            return undecided(record.hasNonNull("cutAt") ? "record.cut" : "record.incomplete");
        }
        PlaceDocument document = new PlaceDocument(place, day.on(), day.zone());
        Map<String, Long> sequences = new HashMap<>();
        UnreadableEventException unreadable = null;
        for (String commitment : commitments) {
            try {
                Map<String, Long> all = CommitmentCase.counts(log, commitment);
                Folded known = Folded.of(log, commitment, all);
                document.add(known.promise());
                sequences.put(commitment, known.promise().sequence());
                unreadable = known.stopped().values().stream().findFirst().orElse(unreadable);
            } catch (UnreadableEventException e) {
                unreadable = e;
            }
        }
        JsonNode restsOn = record.path("restsOn");
        if (restsOn.path("streams").asLong(-1) != document.streams()
                || restsOn.path("events").asLong(-1) != document.events()) {
            return last ? notTheSame(record, document, unreadable) : new Again();
        }
        Judgement judged = document.judge(record, log);
        if (moved || (!judged.differences().isEmpty() && isTorn(record, sequences))) {
            return last ? undecided("record.moved") : new Again();
        }
        if (!judged.differences().isEmpty()) {
            return new Differs(judged);
        }
        tally.notJudged(judged.unknown());
        if (unreadable != null) {
            return unreadable(unreadable);
        }
        tally.same(subject());
        return new Settled();
    }

    private Settled unreadable(UnreadableEventException e) {
        tally.undecided(subject(), Case.unreadable(e));
        return new Settled();
    }

    private Settled undecided(String code, String... facts) {
        tally.undecided(subject(), Case.undecided(code, facts));
        return new Settled();
    }

    /** Whether a row rests on more or less than was read, though the figures rest on just that. */
    private static boolean isTorn(JsonNode record, Map<String, Long> sequences) {
        for (JsonNode row : record.path("commitments").path("items")) {
            long count = sequences.getOrDefault(stream(row), 0L);
            if (count > 0 && row.path("sequence").asLong(count) != count) {
                return true;
            }
        }
        return false;
    }

    private static String stream(JsonNode row) {
        return "commitment/" + row.path("id").asString("");
    }

    /** It rests on other events than the log has, or on some that the log has not heard of yet. */
    private Settled notTheSame(
            JsonNode record, PlaceDocument known, @Nullable UnreadableEventException unreadable) {
        if (unreadable != null) {
            return unreadable(unreadable);
        }
        JsonNode restsOn = record.path("restsOn");
        List<String> facts =
                new ArrayList<>(
                        List.of(
                                "record",
                                restsOn.path("events").asString("?"),
                                "log",
                                known.events() + " of " + known.streams() + " streams"));
        boolean ahead = restsOn.path("events").asLong(0) > known.events();
        for (JsonNode row : record.path("commitments").path("items")) {
            String stream = stream(row);
            if (log.count(stream) == 0) {
                ahead = true;
                facts.addAll(List.of("commitment", stream));
                break;
            }
        }
        return undecided(
                ahead ? "record.not-yet-logged" : "record.behind", facts.toArray(String[]::new));
    }
}
