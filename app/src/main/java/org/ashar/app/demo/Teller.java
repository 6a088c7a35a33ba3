package org.ashar.app.demo;

import static org.ashar.app.demo.Scene.object;
import static org.ashar.app.demo.Step.CREATE;
import static org.ashar.app.demo.Step.Subject.COMMITMENT;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells the story of one promise: who said and did what, and when. */
final class Teller {
    private final Scene scene;
    private final Fate fate;

    private Teller(Scene scene, Fate fate) {
        this.scene = scene;
        this.fate = fate;
    }

    static Story tell(Scene scene) {
        LocalDate begins =
                scene.start.isAfter(scene.anchor) ? scene.anchor.minusDays(8) : scene.start;
        LocalDate published = begins.minusDays(scene.between(3, 12));
        boolean contract = scene.once(2);
        scene.step(
                published.minusDays(scene.between(6, 20)),
                scene.officer(),
                COMMITMENT,
                CREATE,
                draft(scene, contract));
        scene.plot.fate().ifPresent(fate -> new Teller(scene, fate).publish(published, contract));
        return scene.story();
    }

    private void publish(LocalDate published, boolean contract) {
        scene.step(published, scene.head(), COMMITMENT, "publish", Map.of());
        if (fate != Fate.NOT_STARTED) {
            scene.step(
                    scene.start.plusDays(scene.between(2, 9)),
                    scene.officer(),
                    COMMITMENT,
                    "start",
                    Map.of());
        }
        LocalDate until = fate.claimsCompletion() ? completion() : scene.anchor.minusDays(9);
        milestones(until, contract);
        MoneyTale.tell(scene, fate, published, until);
        ReportTale.tell(scene, fate, until);
        ending(until);
    }

    private static Map<String, Object> draft(Scene scene, boolean contract) {
        List<Map<String, Object>> milestones = new ArrayList<>();
        milestones.add(milestone(scene, "design", scene.start.plusDays(35)));
        if (contract) {
            milestones.add(milestone(scene, "contract", scene.start.plusDays(60)));
        }
        milestones.add(
                object(
                        "id",
                        "main",
                        "title",
                        scene.text("/milestones/main/title"),
                        "deliverable",
                        scene.text(scene.plot.work().deliverable()),
                        "due",
                        scene.end.minusDays(25).toString()));
        milestones.add(milestone(scene, "handover", scene.end));
        return object(
                "place",
                scene.place(),
                "title",
                scene.text(scene.plot.work().title()),
                "description",
                scene.text(scene.plot.work().need()),
                "lead",
                object("organisation", scene.executive(), "name", scene.text("/offices/aimak")),
                "contact",
                object(
                        "office",
                        scene.text("/offices/contact"),
                        "email",
                        "office-" + scene.plot.place().code() + "@ashar.example"),
                "period",
                scene.period(scene.start, scene.end),
                "classifications",
                List.of(
                        object("scheme", "cofog", "code", scene.plot.work().cofog()),
                        object("scheme", "sdg", "code", scene.plot.work().sdg()),
                        object("scheme", "topic", "code", scene.plot.work().topic())),
                "milestones",
                milestones);
    }

    private static Map<String, Object> milestone(Scene scene, String id, LocalDate due) {
        return object(
                "id",
                id,
                "title",
                scene.text("/milestones/" + id + "/title"),
                "deliverable",
                scene.text("/milestones/" + id + "/deliverable"),
                "due",
                due.toString());
    }

    /** The day on which completion is reported. */
    private LocalDate completion() {
        return switch (fate) {
            case REPORTED -> scene.anchor.minusDays(scene.between(8, 25));
            case DISPUTED -> scene.anchor.minusDays(scene.between(45, 60));
            case RESUMED -> scene.anchor.minusDays(scene.between(66, 76));
            default -> {
                boolean time = scene.end.isBefore(scene.anchor.minusDays(80));
                yield time && scene.once(4)
                        ? scene.end.plusDays(scene.between(12, 40))
                        : scene.end.minusDays(scene.between(22, 40));
            }
        };
    }

    private void milestones(LocalDate until, boolean contract) {
        if (fate == Fate.NOT_STARTED) {
            return;
        }
        met("design", scene.start.plusDays(scene.between(20, 34)));
        if (contract && !until.isBefore(scene.start.plusDays(61))) {
            met("contract", scene.start.plusDays(scene.between(45, 58)));
        }
        if (fate.claimsCompletion()) {
            met("main", until.minusDays(scene.between(7, 14)));
            met("handover", until.minusDays(scene.between(2, 4)));
        } else if (fate == Fate.LATE) {
            LocalDate on = scene.end.plusDays(scene.between(3, 10));
            scene.step(
                    on,
                    scene.officer(),
                    COMMITMENT,
                    "milestones/main/assess",
                    object(
                            "outcome",
                            scene.once(3) ? "not-met" : "partially-met",
                            "note",
                            scene.text("/noteNotMet")));
            if (scene.once(3)) {
                postpone(on.plusDays(scene.between(5, 15)));
            }
        }
    }

    private void met(String milestone, LocalDate on) {
        scene.step(
                on.plusDays(1),
                scene.officer(),
                COMMITMENT,
                "milestones/" + milestone + "/assess",
                object(
                        "outcome",
                        "met",
                        "metOn",
                        on.toString(),
                        "evidence",
                        List.of(scene.evidence(milestone, on))));
    }

    /** Later dates, which are over too by now: what was promised first stays visible. */
    private void postpone(LocalDate on) {
        LocalDate end = scene.end.plusDays(50);
        scene.step(
                on,
                scene.head(),
                COMMITMENT,
                "amend",
                object(
                        "rationale",
                        scene.text("/amendment"),
                        "period",
                        scene.period(scene.start, end),
                        "milestones",
                        object(
                                "change",
                                List.of(
                                        object("id", "main", "due", end.minusDays(20).toString()),
                                        object("id", "handover", "due", end.toString())))));
    }

    private void ending(LocalDate done) {
        if (fate.claimsCompletion()) {
            scene.step(done, scene.head(), COMMITMENT, "report-complete", Map.of());
        }
        switch (fate) {
            case VERIFIED ->
                    scene.step(
                            done.plusDays(scene.between(5, 18)),
                            scene.monitor(),
                            COMMITMENT,
                            "verify-complete",
                            object("statement", scene.text("/verification")));
            case DISPUTED, RESUMED -> {
                scene.step(
                        done.plusDays(scene.between(8, 14)),
                        scene.monitor(),
                        COMMITMENT,
                        "dispute",
                        object("reason", scene.anyText("/disputes")));
                if (fate == Fate.RESUMED) {
                    scene.step(
                            done.plusDays(scene.between(22, 30)),
                            scene.head(),
                            COMMITMENT,
                            "resume",
                            object("response", scene.text("/response")));
                }
            }
            case WITHDRAWN ->
                    scene.step(
                            scene.anchor.minusDays(60),
                            scene.head(),
                            COMMITMENT,
                            "withdraw",
                            object("reason", scene.text("/withdrawal")));
            case REPORTED, ON_TIME, LATE, NOT_STARTED -> {
                // nothing more has happened
            }
        }
    }
}
