package org.ashar.bench;

import static org.ashar.bench.Commands.CONNECTIONS;

import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.ashar.bench.Processes.FloorServer;
import org.jspecify.annotations.Nullable;

/** Commands a second and their latencies, by kind, while relay and views keep up with them. */
final class CommandMeasure {

    private static final String FLOOR = "POST → insert";
    private static final String AIM = "≥ 0.40";

    private final URI service;
    private final FloorServer floor;
    private final Village village;
    private final Sizes sizes;
    private final Table table;
    private final PrintStream out;

    private final Figures empty = new Figures();
    private final Figures insert = new Figures();
    private final Figures create = new Figures();
    private final Figures publish = new Figures();
    private final Figures spend = new Figures();
    private final List<Double> lag = new ArrayList<>();

    CommandMeasure(
            URI service,
            FloorServer floor,
            Village village,
            Sizes sizes,
            Table table,
            PrintStream out) {
        this.service = service;
        this.floor = floor;
        this.village = village;
        this.sizes = sizes;
        this.table = table;
        this.out = out;
    }

    /**
     * Measures and adds its rows; answers what the runs made.
     *
     * @param backlog to see when relay and record have caught up; null when nobody may look
     */
    List<Commands> run(@Nullable Backlog backlog) {
        WarmUp.run(out, "publications/s", round -> round("warm" + round, backlog));
        List<Commands> all = new ArrayList<>();
        for (int run = 0; run < sizes.runs(); run++) {
            out.printf(
                    "commands at %d connections, run %d of %d%n",
                    CONNECTIONS, run + 1, sizes.runs());
            empty.add(floor.empty(2 * sizes.commands()));
            insert.add(floor.insert(2 * sizes.commands()));
            all.add(measure("run" + run, backlog));
        }
        table.add("floor: empty POST", empty.perSecond(), "/s", "");
        speed("create a draft", create);
        speed("publish", publish);
        speed("record spending", spend);
        latency("create", create);
        latency("publish", publish);
        latency("spending", spend);
        if (backlog != null) {
            table.add(
                    "lag of the record when the commands end, ± 0.5 s", Median.of(lag), "s", "≤ 1");
        }
        RawStore.measure(floor.store(), sizes, table);
        return all;
    }

    private Commands measure(String name, @Nullable Backlog backlog) {
        int count = sizes.commands();
        Commands commands = commands(name, count, Math.min(1_000, count));
        create.add(commands.create());
        publish.add(commands.publish(count));
        note(backlog);
        commands.fund();
        spend.add(commands.spend(0, count));
        note(backlog);
        return commands;
    }

    private void note(@Nullable Backlog backlog) {
        if (backlog != null) {
            lag.add(backlog.secondsUntilNone());
        }
    }

    /** A round of everything; answers the publications a second. */
    private double round(String name, @Nullable Backlog backlog) {
        int count = sizes.commands();
        floor.empty(2 * count);
        floor.insert(2 * count);
        Commands warm = commands(name, count, Math.min(500, count));
        warm.create();
        double speed = warm.publish(count).perSecond();
        warm.fund();
        warm.spend(0, count);
        if (backlog != null) {
            backlog.secondsUntilNone();
        }
        return speed;
    }

    private Commands commands(String name, int promises, int budgets) {
        return new Commands(service, village, name, promises, budgets);
    }

    private void speed(String what, Figures figures) {
        table.add(what, figures.perSecond(), FLOOR, insert.perSecond(), "/s", AIM);
    }

    private void latency(String kind, Figures figures) {
        for (int percentile : new int[] {50, 99}) {
            table.add(
                    kind + " p" + percentile,
                    figures.millisAt(percentile),
                    FLOOR,
                    insert.millisAt(percentile),
                    "ms",
                    "");
        }
    }
}
