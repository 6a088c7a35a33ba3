package org.ashar.verifier;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.ashar.verifier.record.Difference;
import org.ashar.verifier.record.Judgement;
import org.jspecify.annotations.Nullable;

/**
 * Holds the public record against the log: the document of each commitment that the log knows, and
 * of each place that one of these is for.
 *
 * <p>A record and the log hear of events separately. One that is ahead, or behind, is asked again
 * while patience lasts, and the log read on. What the log got meanwhile is compared too: a document
 * that was found the same counts only as long as the log has no more of it.
 */
final class RecordAudit {

    private static final int MOST_PASSES = 10;
    private static final int MOST_FAILURES = 20;
    private static final long PAUSE_MILLIS = 1_000;
    private static final Progress QUIET = (_, _, _) -> {};

    private final Site site;
    private final LogReader log;
    private final Duration patience;
    private final Records.Tally tally = new Records.Tally();
    private final Case.Day day;
    private final Map<String, Case> commitments = new LinkedHashMap<>();
    private final SortedMap<String, Case> places = new TreeMap<>();
    private final Map<String, Set<String>> ofPlaces = new HashMap<>();
    private final Map<Case, Long> askedSince = new HashMap<>();
    private final Map<Case, Long> settledAt = new HashMap<>();
    private final Map<Case, List<Difference>> differed = new HashMap<>();
    private int failures;

    /**
     * @param zone where the installation's days end at midnight, if its record does not say
     */
    RecordAudit(Site site, LogReader log, ZoneId zone, Duration patience, Clock clock) {
        this.site = site;
        this.log = log;
        this.patience = patience;
        this.day = new Case.Day(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), zone);
    }

    /**
     * Compares until nothing is left to compare of the log as far as it was read. What was found by
     * then is told also where no more is answered.
     */
    Records run(Progress progress) throws BrokenLogException, IOException, InterruptedException {
        try {
            compare(progress);
        } catch (IOException e) {
            if (!tally.hasDifferences()) {
                throw e;
            }
            Stream.concat(commitments.values().stream(), places.values().stream())
                    .filter(one -> !settledAt.containsKey(one))
                    .forEach(one -> tally.undecided(one.subject(), noAnswer(e)));
        }
        return tally.records();
    }

    private void compare(Progress progress)
            throws BrokenLogException, IOException, InterruptedException {
        List<Case> left = left();
        for (int pass = 0; pass < MOST_PASSES && !left.isEmpty(); pass++) {
            settle(left, progress);
            left = left();
        }
        left.forEach(
                one -> tally.undecided(one.subject(), Case.undecided("record.not-yet-compared")));
    }

    /** Commitments of which the log has more than was compared; where there are none, places. */
    private List<Case> left() {
        newcomers();
        List<Case> left = left(commitments.values());
        return left.isEmpty() ? left(places.values()) : left;
    }

    private List<Case> left(Collection<Case> cases) {
        List<Case> left = new ArrayList<>();
        for (Case one : cases) {
            Long then = settledAt.get(one);
            if (then == null || (then != one.events() && tally.again(one.subject()))) {
                settledAt.remove(one);
                left.add(one);
            }
        }
        return left;
    }

    /** The commitments that the log knows by now and that were not seen yet. */
    private List<Case> newcomers() {
        List<Case> newcomers = new ArrayList<>();
        for (String commitment : log.copy().commitments()) {
            if (!commitments.containsKey(commitment)) {
                Case one =
                        new CommitmentCase(
                                commitment,
                                site,
                                log.copy(),
                                day,
                                tally,
                                place -> at(place).add(commitment));
                commitments.put(commitment, one);
                newcomers.add(one);
            }
        }
        return newcomers;
    }

    /** What is for this place: read by who asks for its pages, while more comes. */
    private Set<String> at(String place) {
        Set<String> of = ofPlaces.computeIfAbsent(place, _ -> new ConcurrentSkipListSet<>());
        places.computeIfAbsent(place, _ -> new PlaceCase(place, of, site, log.copy(), day, tally));
        return of;
    }

    private void settle(List<Case> cases, Progress progress)
            throws BrokenLogException, IOException, InterruptedException {
        long since = System.nanoTime();
        List<Case> open = round(cases, progress);
        while (!open.isEmpty()) {
            site.pause(Math.min(PAUSE_MILLIS, patience.toMillis()));
            log.read();
            // The lists of places have them. Not for ever: each has its own patience.
            List<Case> next = isOver(since) ? new ArrayList<>() : newcomers();
            next.addAll(open);
            open = round(next, QUIET);
        }
    }

    private boolean isOver(long since) {
        return System.nanoTime() - since >= patience.toNanos();
    }

    /** Asks for all, few at a time, and answers those that are not settled. */
    private List<Case> round(List<Case> cases, Progress progress)
            throws BrokenLogException, IOException, InterruptedException {
        List<Case> open = new ArrayList<>();
        Deque<Future<Case.Served>> asked = new ArrayDeque<>();
        int next = 0;
        for (int at = 0; at < cases.size(); at++) {
            while (next < cases.size() && asked.size() < Site.AT_ONCE) {
                asked.add(site.begin(cases.get(next++)::read));
            }
            Case one = cases.get(at);
            Case.Served served = served(one, asked.remove());
            if (served == null || isSettled(one, served)) {
                settledAt.put(one, one.events());
                askedSince.remove(one);
                differed.remove(one);
            } else {
                open.add(one);
            }
            progress.reached(Progress.Stage.RECORDS, at + 1, cases.size());
        }
        return open;
    }

    private boolean isSettled(Case one, Case.Served served)
            throws BrokenLogException, IOException, InterruptedException {
        Long since = askedSince.putIfAbsent(one, System.nanoTime());
        boolean last = since != null && isOver(since);
        if (outcome(one, served, false) instanceof Case.Settled) {
            return true;
        }
        log.read();
        return switch (outcome(one, served, last)) {
            case Case.Settled _ -> true;
            case Case.Again _ -> {
                differed.remove(one);
                yield false;
            }
            case Case.Differs(Judgement judged) -> isSettled(one, judged, last);
        };
    }

    /** Only what differs in the same way in two readings, the last and the one before, is told. */
    private boolean isSettled(Case one, Judgement judged, boolean last) {
        List<Difference> before = differed.put(one, judged.differences());
        if (!last) {
            return false;
        }
        List<Difference> twice = new ArrayList<>(judged.differences());
        twice.retainAll(before == null ? Set.of() : Set.copyOf(before));
        if (twice.isEmpty()) {
            tally.undecided(one.subject(), Case.undecided("record.moved"));
        }
        tally.notJudged(judged.unknown());
        tally.differs(twice);
        return true;
    }

    /** Whoever wrote the document chose what is in it, which must not end the others' turn. */
    private Case.Outcome outcome(Case one, Case.Served served, boolean last) throws IOException {
        try {
            return one.settle(served, last);
        } catch (RuntimeException e) {
            tally.undecided(
                    one.subject(),
                    Case.undecided("record.unreadable", "reason", String.valueOf(e.getMessage())));
            return new Case.Settled();
        }
    }

    private Case.@Nullable Served served(Case one, Future<Case.Served> asked)
            throws BrokenLogException, IOException, InterruptedException {
        try {
            return site.now(asked);
        } catch (IOException e) {
            if (++failures >= MOST_FAILURES) {
                throw e;
            }
            tally.undecided(one.subject(), noAnswer(e));
            return null;
        }
    }

    private static Records.Undecided noAnswer(IOException why) {
        return Case.undecided("record.no-answer", "reason", InWords.of(why));
    }
}
