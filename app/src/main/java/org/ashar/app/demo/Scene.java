package org.ashar.app.demo;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ashar.app.demo.Material.Work;
import org.ashar.app.demo.Step.Subject;
import org.ashar.app.demo.Step.Who;
import org.ashar.kernel.Sha256;
import org.ashar.places.Place;

/** One promise as it is being told: where, what work, from when to when, and the steps so far. */
final class Scene {
    private static final ZoneId ZONE = ZoneId.of("Asia/Bishkek");
    private static final LocalTime MORNING = LocalTime.of(9, 0);
    private static final int MINUTES_APART = 6;

    /**
     * What is settled before the telling.
     *
     * @param number counts the promises of one place
     * @param fate how it ends; absent for a draft
     */
    record Plot(Place place, int number, Work work, Optional<Fate> fate, boolean overspends) {}

    final Material material;
    final Plot plot;
    final Random random;

    /** The first day of the quarter after the last one that is told. */
    final LocalDate anchor;

    /** The first day of the promise's period. */
    final LocalDate start;

    /** The last day of the promise's period. */
    final LocalDate end;

    private final Map<String, String> names;
    private final String original;
    private final List<Step> steps = new ArrayList<>();

    Scene(Material material, Plot plot, String village, LocalDate anchor, Random random) {
        this.material = material;
        this.plot = plot;
        this.random = random;
        this.anchor = anchor;
        this.original = random.nextInt(10) < 7 ? "ky" : "ru";
        List<Integer> count = plot.work().count();
        this.names =
                Map.of(
                        "v", village,
                        "a", aimak(plot.place().name()),
                        "n", Integer.toString(between(count.getFirst(), count.getLast())));
        int ago = 0;
        int planned = 4;
        switch (plot.fate().orElse(Fate.NOT_STARTED)) {
            case VERIFIED -> {
                planned = between(2, 5);
                ago = planned + between(0, 8 - planned);
            }
            case REPORTED, DISPUTED, RESUMED -> {
                planned = between(2, 6);
                ago = planned;
            }
            case ON_TIME -> {
                ago = between(1, 4);
                planned = ago + between(2, 3);
            }
            case LATE -> {
                planned = between(2, 5);
                ago = planned + between(1, 2);
            }
            case NOT_STARTED -> ago = -2;
            case WITHDRAWN -> ago = planned;
        }
        this.start = anchor.minusMonths(3L * ago);
        this.end = start.plusMonths(3L * planned).minusDays(1);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    Map<String, Object> text(String pointer) {
        return text(material.text(pointer));
    }

    Map<String, Object> anyText(String pointer) {
        List<Map<String, String>> texts = material.list(pointer);
        return text(texts.get(random.nextInt(texts.size())));
    }

    Map<String, Object> text(Map<String, String> templates) {
        return Words.text(original, templates, names);
    }

    Map<String, Object> place() {
        return object("scheme", plot.place().scheme(), "code", plot.place().code());
    }

    Map<String, Object> period(LocalDate first, LocalDate last) {
        return object("start", first.toString(), "end", last.toString());
    }

    /** A document or picture that proves {@code what}; made up, as all of this is. */
    Map<String, Object> evidence(String what, LocalDate on) {
        boolean picture = !once(3);
        return object(
                "sha256",
                Sha256.of(key(what).getBytes(java.nio.charset.StandardCharsets.UTF_8)).hex(),
                "mediaType",
                picture ? "image/jpeg" : "application/pdf",
                "size",
                between(180_000, 4_200_000),
                "capturedOn",
                on.toString(),
                "licence",
                "CC-BY-4.0");
    }

    Who officer() {
        return of("officer", "okmotu");
    }

    Who head() {
        return of("head", "okmotu");
    }

    Who finance() {
        return of("finance-officer", "okmotu");
    }

    Who secretary() {
        return of("council-secretary", "kenesh");
    }

    Who monitor() {
        return of("monitor", "monitoring-group");
    }

    /** The executive of the place, which leads its promises. */
    String executive() {
        return "okmotu-" + plot.place().code();
    }

    void step(LocalDate on, Who who, Subject subject, String action, Map<String, Object> body) {
        steps.add(
                new Step(
                        key(subject.name() + "/" + action + "/" + steps.size()),
                        on.atTime(MORNING.plusMinutes((long) steps.size() * MINUTES_APART))
                                .atZone(ZONE)
                                .toInstant(),
                        who,
                        subject,
                        action,
                        body));
    }

    /** The story in the order of time. */
    Story story() {
        return new Story(
                plot.place().key(),
                plot.fate(),
                steps.stream().sorted(Comparator.comparing(Step::at)).toList());
    }

    /** A JSON object of these names and values, in this order. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            object.put((String) namesAndValues[index], namesAndValues[index + 1]);
        }
        return object;
    }

    private static String aimak(String name) {
        return name.replace("айылный аймак", "").replaceAll("\\s+", " ").strip();
    }

    private Who of(String role, String body) {
        String code = plot.place().code();
        return new Who(role + "-" + code, role, body + "-" + code, plot.place().key());
    }

    private String key(String what) {
        return "demonstration/" + plot.place().code() + "/" + plot.number() + "/" + what;
    }
}
