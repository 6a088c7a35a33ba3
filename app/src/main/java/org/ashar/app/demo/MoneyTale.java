package org.ashar.app.demo;

import static org.ashar.app.demo.Scene.object;
import static org.ashar.app.demo.Step.CREATE;
import static org.ashar.app.demo.Step.Subject.COMMITMENT;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ashar.app.demo.Step.Kind;
import org.ashar.app.demo.Step.StreamOf;
import org.ashar.app.demo.Step.Subject;
import org.ashar.kernel.Money;

/** The money of one promise: proposed, approved, spent; more than was promised, now and then. */
final class MoneyTale {
    private static final String SOM = "KGS";
    private static final long THOUSAND = 100_000; // in tyiyn

    private final Scene scene;
    private final Fate fate;
    private final LocalDate published;
    private final LocalDate until;

    private MoneyTale(Scene scene, Fate fate, LocalDate published, LocalDate until) {
        this.scene = scene;
        this.fate = fate;
        this.published = published;
        this.until = until;
    }

    /** Adds the steps; money is spent up to the day {@code until}. */
    static void tell(Scene scene, Fate fate, LocalDate published, LocalDate until) {
        MoneyTale tale = new MoneyTale(scene, fate, published, until);
        List<Integer> cost = scene.plot.work().cost();
        long total = scene.between(cost.getFirst() / 10, cost.getLast() / 10) * 10L;
        LocalDate yearEnd = scene.start.plusYears(1).minusDays(1);
        if (scene.end.isAfter(yearEnd)) {
            long first = total * 6 / 100 * 10;
            tale.budget(
                    "budget",
                    "/budget/title",
                    first,
                    scene.start,
                    yearEnd,
                    scene.plot.overspends());
            tale.budget(
                    "budget-2",
                    "/budget/second",
                    total - first,
                    yearEnd.plusDays(1),
                    scene.end,
                    false);
        } else {
            tale.budget(
                    "budget",
                    "/budget/title",
                    total,
                    scene.start,
                    scene.end,
                    scene.plot.overspends());
        }
    }

    private void budget(
            String name,
            String title,
            long thousands,
            LocalDate first,
            LocalDate last,
            boolean overspends) {
        Subject subject = new Subject(Kind.BUDGET, name);
        scene.step(
                published.plusDays(1),
                scene.finance(),
                subject,
                CREATE,
                object(
                        "commitment",
                        new StreamOf(COMMITMENT),
                        "title",
                        scene.text(title),
                        "period",
                        scene.period(first, last),
                        "total",
                        money(thousands * THOUSAND),
                        "sources",
                        sources(thousands)));
        LocalDate decided = published.plusDays(2);
        scene.step(decided, scene.secretary(), subject, "approve", approval(decided));
        if (fate == Fate.NOT_STARTED || !first.plusDays(40).isBefore(until)) {
            return;
        }
        long promised = thousands;
        if (scene.once(9)) {
            promised = thousands * scene.between(105, 112) / 100;
            LocalDate on = first.plusDays(scene.between(6, 9));
            scene.step(on, scene.finance(), subject, "adjust", adjustment(promised, on));
        }
        scene.step(
                first.plusDays(scene.between(10, 14)),
                scene.finance(),
                subject,
                "commit",
                Map.of());
        if (fate == Fate.WITHDRAWN) {
            scene.step(
                    scene.anchor.minusDays(59),
                    scene.finance(),
                    subject,
                    "cancel",
                    object("reason", scene.text("/withdrawal")));
            return;
        }
        LocalDate to = until.isBefore(last) ? until : last;
        spending(subject, promised, first.plusDays(18), to, overspends);
        boolean over = fate == Fate.VERIFIED || last.isBefore(until);
        if (over) {
            scene.step(to.plusDays(4), scene.finance(), subject, "execute", Map.of());
            if (fate == Fate.VERIFIED && scene.once(2)) {
                scene.step(to.plusDays(9), scene.finance(), subject, "close", Map.of());
            }
        }
    }

    private Map<String, Object> adjustment(long thousands, LocalDate on) {
        Map<String, Object> adjustment = new LinkedHashMap<>(approval(on));
        adjustment.put("total", money(thousands * THOUSAND));
        adjustment.put("sources", sources(thousands));
        adjustment.put("rationale", scene.text("/adjustment"));
        return adjustment;
    }

    private void spending(
            Subject subject, long promised, LocalDate from, LocalDate to, boolean overspends) {
        int entries = scene.between(2, 4);
        long percent =
                switch (fate) {
                    case VERIFIED, REPORTED, DISPUTED, RESUMED -> scene.between(91, 100);
                    case LATE -> scene.between(52, 84);
                    default -> scene.between(15, 55);
                };
        long total = promised * percent / 100 * THOUSAND;
        long days = ChronoUnit.DAYS.between(from, to);
        long spent = 0;
        for (int entry = 1; entry <= entries; entry++) {
            long upTo = total * entry / entries / 100 * 100;
            LocalDate on = from.plusDays(days * entry / (entries + 1));
            spend(subject, upTo - spent, on, "/spending/" + (entry + scene.between(0, 1)) % 5);
            spent = upTo;
        }
        LocalDate end = from.plusDays(days - 2);
        if (overspends) {
            long beyond = promised * scene.between(3, 14) / 100 * THOUSAND;
            spend(subject, promised * THOUSAND - spent + beyond, end, "/overspending");
        } else if (scene.once(12)) {
            spend(subject, -(spent / 50 / 100 * 100), end, "/refund");
        }
    }

    private void spend(Subject subject, long minor, LocalDate on, String description) {
        scene.step(
                on.plusDays(1),
                scene.finance(),
                subject,
                "spending",
                object(
                        "amount",
                        money(minor),
                        "spentOn",
                        on.toString(),
                        "description",
                        scene.text(description)));
    }

    private List<Map<String, Object>> sources(long thousands) {
        long community = thousands * scene.between(4, 9) / 100;
        long local = thousands * scene.between(22, 45) / 100;
        boolean donor = scene.once(3);
        List<Map<String, Object>> sources = new ArrayList<>();
        sources.add(source("local-budget", "/budget/local", local));
        sources.add(source("community", "/budget/community", community));
        sources.add(
                source(
                        donor ? "donor" : "state-budget",
                        donor ? "/budget/donor" : "/budget/state",
                        thousands - local - community));
        return sources;
    }

    private Map<String, Object> source(String kind, String name, long thousands) {
        return object(
                "kind", kind, "name", scene.text(name), "amount", money(thousands * THOUSAND));
    }

    private Map<String, Object> approval(LocalDate on) {
        return object(
                "approvingBody",
                scene.text("/budget/council"),
                "resolution",
                "№ " + scene.between(3, 60) + "/" + (scene.plot.number() + 1),
                "decidedOn",
                on.toString());
    }

    private static Map<String, Object> money(long minor) {
        return object("amount", Money.of(minor, SOM).amount(), "currency", SOM);
    }
}
