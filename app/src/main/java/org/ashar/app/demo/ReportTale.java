package org.ashar.app.demo;

import static org.ashar.app.demo.Scene.object;
import static org.ashar.app.demo.Step.CREATE;
import static org.ashar.app.demo.Step.Subject.COMMITMENT;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ashar.app.demo.Step.IdOf;
import org.ashar.app.demo.Step.Kind;
import org.ashar.app.demo.Step.Subject;
import org.ashar.kernel.Period;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;

/** The reports on one promise: most in time, some late, some missing, some put right. */
final class ReportTale {
    private final Scene scene;
    private final Fate fate;
    private final LocalDate until;

    private ReportTale(Scene scene, Fate fate, LocalDate until) {
        this.scene = scene;
        this.fate = fate;
        this.until = until;
    }

    /** Adds the steps, for the quarters up to the one of the day {@code until}. */
    static void tell(Scene scene, Fate fate, LocalDate until) {
        ReportTale tale = new ReportTale(scene, fate, until);
        LocalDate last =
                switch (fate) {
                    case WITHDRAWN -> scene.anchor.minusMonths(6);
                    default -> until;
                };
        ReportingPeriod period = ReportingPeriod.containing(Frequency.QUARTER, scene.start);
        while (period.days().start().isBefore(scene.anchor)
                && !period.days().start().isAfter(last)) {
            boolean missing = scene.once(9);
            if (!missing) {
                tale.report(period);
            }
            period = period.next();
        }
    }

    private void report(ReportingPeriod period) {
        Period days = period.days();
        Subject subject = new Subject(Kind.REPORT, period.id());
        boolean latest = !days.end().isBefore(scene.anchor.minusDays(1));
        LocalDate on =
                days.end()
                        .plusDays(
                                !latest && fate != Fate.WITHDRAWN && scene.once(9)
                                        ? scene.between(36, 55)
                                        : scene.between(5, 25));
        Map<String, Object> content = content(days);
        Map<String, Object> draft = new LinkedHashMap<>();
        draft.put("commitment", new IdOf(COMMITMENT));
        draft.put("period", period.id());
        draft.putAll(content);
        scene.step(on.minusDays(2), scene.officer(), subject, CREATE, draft);
        scene.step(on, scene.head(), subject, "publish", Map.of());
        if (!latest && scene.once(45)) {
            Map<String, Object> correction = new LinkedHashMap<>(content);
            correction.put("reason", scene.text("/correction"));
            correction.put("indicators", List.of(indicator(days, 7)));
            scene.step(on.plusDays(12), scene.head(), subject, "correct", correction);
        }
    }

    private Map<String, Object> content(Period days) {
        boolean stalled = fate == Fate.LATE && days.end().isAfter(scene.end);
        boolean done = fate.claimsCompletion() && !until.isAfter(days.end());
        int percent = percent(days);
        String phase =
                stalled
                        ? "stalled"
                        : done
                                ? "done"
                                : percent < 30
                                        ? "preparing"
                                        : percent < 75 ? "working" : "finishing";
        String status =
                switch (phase) {
                    case "done" -> "complete";
                    case "finishing", "working" -> "substantial";
                    default -> "limited";
                };
        return object(
                "status",
                status,
                "narrative",
                scene.anyText("/narratives/" + phase),
                "noProgress",
                stalled,
                "indicators",
                List.of(indicator(days, 0)));
    }

    private Map<String, Object> indicator(Period days, int less) {
        return object(
                "name",
                scene.text("/indicator"),
                "measure",
                "percentage",
                "value",
                Integer.toString(Math.max(0, percent(days) - less)));
    }

    /** How much is done at the end of these days. */
    private int percent(Period days) {
        LocalDate finish = fate.claimsCompletion() ? until : scene.end;
        long all = Math.max(1, ChronoUnit.DAYS.between(scene.start, finish));
        long now = ChronoUnit.DAYS.between(scene.start, days.end());
        int most = fate.claimsCompletion() ? 100 : fate == Fate.LATE ? 70 : 90;
        return (int) Math.min(most, now * 100 / all);
    }
}
