package org.ashar.app.demo;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ashar.app.demo.Material.Work;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.places.Level;
import org.ashar.places.Place;
import org.ashar.places.Places;
import org.ashar.security.DevelopmentIssuer;

/**
 * What the demonstration tells. The same day always gives the same stories, and another day the
 * same ones at other dates: they end about a month before it, so that a demonstration is fresh when
 * it is loaded for the first time and never doubles when it is loaded again.
 */
public final class Demonstration {
    /** Aimaks of the oblasts of Osh, Jalal-Abad, Naryn and Batken that have promises. */
    public static final int AIMAKS = 44;

    /** Promises that are published. */
    public static final int PUBLISHED = 220;

    /** Promises that are still private drafts. */
    public static final int DRAFTS = 12;

    /** Progress reports that are published, over two years. */
    public static final int REPORTS = 602;

    /** Promises that spent more than was promised for them. */
    public static final int OVERSPENT = 16;

    /** Promises whose completion is disputed. */
    public static final int DISPUTED = Fate.DISPUTED.count();

    /** Promises that are late: not done by their date, or said to be done and disputed. */
    public static final int LATE = Fate.LATE.count() + Fate.DISPUTED.count() + Fate.RESUMED.count();

    /** Promises that were withdrawn. */
    public static final int WITHDRAWN = Fate.WITHDRAWN.count();

    private static final long SEED = 20_250_311;
    private static final List<String> OBLASTS =
            List.of("41706000000000", "41703000000000", "41704000000000", "41705000000000");

    private Demonstration() {}

    /**
     * Loads what is missing of the demonstration into the instance at {@code address}, and says how
     * far it is. Throws {@link LoadException} where it cannot go on; loading again does.
     *
     * @param issuer the instance's own development sign-in
     * @param on the day as of which the stories are told; another one makes other promises
     */
    public static void load(
            URI address,
            DevelopmentIssuer issuer,
            LocalDate on,
            Clock clock,
            Consumer<String> progress) {
        Loader loader = new Loader(address, issuer, clock);
        List<Story> stories = stories(on);
        if (loader.isLoaded(stories)) {
            progress.accept("The demonstration is there.");
            return;
        }
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "Loading the demonstration: %d promises of %d aimaks, %d reports",
                        PUBLISHED + DRAFTS,
                        AIMAKS,
                        REPORTS));
        long began = System.nanoTime();
        AtomicInteger said = new AtomicInteger();
        loader.load(
                stories,
                (given, all) -> {
                    int tenth = given * 10 / all;
                    if (said.getAndAccumulate(tenth, Math::max) < tenth) {
                        progress.accept(
                                String.format(
                                        Locale.ROOT,
                                        "  %3d %%  %d of %d commands",
                                        tenth * 10,
                                        given,
                                        all));
                    }
                });
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "The demonstration is loaded (%d s).",
                        (System.nanoTime() - began) / 1_000_000_000));
    }

    /** The stories, as told on the day {@code on}. */
    static List<Story> stories(LocalDate on) {
        // A month before the day at least, so that the reports of the last quarter are in.
        LocalDate anchor =
                ReportingPeriod.containing(Frequency.QUARTER, on.minusDays(30)).days().start();
        Material material = Material.read();
        List<Fate> fates = fates();
        List<Place> aimaks = aimaks(Places.bundled());
        List<Story> stories = new ArrayList<>();
        int each = PUBLISHED / AIMAKS;
        int overspent = 0;
        for (int aimak = 0; aimak < AIMAKS; aimak++) {
            List<Work> works = new ArrayList<>(material.works());
            Collections.shuffle(works, new Random(SEED + aimak));
            boolean withDraft = aimak % 4 == 1 || aimak == 0;
            for (int number = 0; number < each + (withDraft ? 1 : 0); number++) {
                boolean draft = number == each;
                Optional<Fate> fate =
                        draft ? Optional.empty() : Optional.of(fates.get(aimak * each + number));
                boolean overspends =
                        overspent < OVERSPENT
                                && fate.filter(f -> f == Fate.VERIFIED || f == Fate.LATE)
                                        .isPresent()
                                && (aimak * each + number) % 4 == 0;
                overspent += overspends ? 1 : 0;
                List<String> villages = villages(aimaks.get(aimak));
                Scene.Plot plot =
                        new Scene.Plot(
                                aimaks.get(aimak), number, works.get(number), fate, overspends);
                stories.add(
                        Teller.tell(
                                new Scene(
                                        material,
                                        plot,
                                        villages.get((number * 3 + aimak) % villages.size()),
                                        anchor,
                                        new Random(SEED * 31 + aimak * 100L + number))));
            }
        }
        return List.copyOf(stories);
    }

    private static List<Fate> fates() {
        List<Fate> fates = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            fates.addAll(Collections.nCopies(fate.count(), fate));
        }
        Collections.shuffle(fates, new Random(SEED));
        return fates;
    }

    /** Eleven of each oblast, spread over its districts. */
    private static List<Place> aimaks(Places places) {
        List<Place> chosen = new ArrayList<>();
        for (String oblast : OBLASTS) {
            List<Place> all =
                    places.ofLevel(Level.AIMAK).stream()
                            .filter(a -> places.path(a).getFirst().code().equals(oblast))
                            .filter(a -> !villages(a).isEmpty())
                            .toList();
            int wanted = AIMAKS / OBLASTS.size();
            for (int index = 0; index < wanted; index++) {
                chosen.add(all.get(index * all.size() / wanted));
            }
        }
        return chosen;
    }

    private static List<String> villages(Place aimak) {
        return Places.bundled().children(aimak).stream()
                .filter(place -> place.level() == Level.VILLAGE)
                .map(Place::name)
                .filter(name -> name.matches("[А-ЯЁ][А-Яа-яЁё-]{2,30}"))
                .toList();
    }
}
