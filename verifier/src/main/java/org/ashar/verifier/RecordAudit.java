package org.ashar.verifier;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Holds the public record against the log: the document of each commitment that the log knows, and
 * of each place that one of these is for.
 *
 * <p>A record and the log hear of events separately. One that is ahead, or behind, is asked again
 * while patience lasts, and the log read on.
 */
final class RecordAudit {

    private static final int TOGETHER = 64;
    private static final int MOST_FAILURES = 20;
    private static final long PAUSE_MILLIS = 1_000;
    private static final Progress QUIET = (_, _, _) -> {};

    private final Site site;
    private final LogReader log;
    private final Duration patience;
    private final Records.Tally tally = new Records.Tally();
    private final Case.Day day;
    private final Set<String> read = new HashSet<>();
    private final SortedMap<String, List<String>> places = new TreeMap<>();
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

    Records run(Progress progress) throws BrokenLogException, IOException, InterruptedException {
        settle(unread(), progress, false);
        List<Case> cases = new ArrayList<>();
        places.forEach(
                (place, of) -> cases.add(new PlaceCase(place, of, site, log.copy(), day, tally)));
        settle(cases, progress, true);
        return tally.records();
    }

    /** The commitments that the log knows by now and that were not looked at yet. */
    private List<Case> unread() {
        List<Case> cases = new ArrayList<>();
        for (String commitment : log.copy().commitments()) {
            if (read.add(commitment)) {
                cases.add(
                        new CommitmentCase(
                                commitment,
                                site,
                                log.copy(),
                                day,
                                tally,
                                place ->
                                        places.computeIfAbsent(place, _ -> new ArrayList<>())
                                                .add(commitment)));
            }
        }
        return cases;
    }

    /**
     * @param newcomers whether commitments that the log knows only by now are looked at too, since
     *     the lists of their places have them
     */
    private void settle(List<Case> cases, Progress progress, boolean newcomers)
            throws BrokenLogException, IOException, InterruptedException {
        long since = System.nanoTime();
        List<Case> open = round(cases, false, progress);
        while (!open.isEmpty() && System.nanoTime() - since < patience.toNanos()) {
            site.pause(PAUSE_MILLIS);
            log.read();
            if (newcomers) {
                settle(unread(), QUIET, false);
            }
            open = round(open, false, QUIET);
        }
        round(open, true, QUIET);
    }

    /** Asks for all, some together, and answers those that are not settled. */
    private List<Case> round(List<Case> cases, boolean last, Progress progress)
            throws BrokenLogException, IOException, InterruptedException {
        List<Case> open = new ArrayList<>();
        for (int from = 0; from < cases.size(); from += TOGETHER) {
            List<Case> some = cases.subList(from, Math.min(cases.size(), from + TOGETHER));
            Map<Case, Case.Served> unsettled = new LinkedHashMap<>();
            Map<Case, Future<Case.Served>> asked = new LinkedHashMap<>();
            some.forEach(one -> asked.put(one, site.begin(one::read)));
            for (Map.Entry<Case, Future<Case.Served>> one : asked.entrySet()) {
                Case.Served served = served(one.getKey(), one.getValue());
                if (served != null && !one.getKey().settle(served, false)) {
                    unsettled.put(one.getKey(), served);
                }
            }
            if (!unsettled.isEmpty()) {
                log.read();
            }
            for (Map.Entry<Case, Case.Served> one : unsettled.entrySet()) {
                if (!one.getKey().settle(one.getValue(), last)) {
                    open.add(one.getKey());
                }
            }
            progress.reached(
                    Progress.Stage.RECORDS, Math.min(cases.size(), from + TOGETHER), cases.size());
        }
        return open;
    }

    private Case.@Nullable Served served(Case one, Future<Case.Served> asked)
            throws BrokenLogException, IOException, InterruptedException {
        try {
            return site.now(asked);
        } catch (IOException e) {
            if (++failures >= MOST_FAILURES) {
                throw e;
            }
            tally.undecided(
                    one.subject(),
                    new Records.Undecided(
                            "record.no-answer", Map.of("reason", String.valueOf(e.getMessage()))));
            return null;
        }
    }
}
