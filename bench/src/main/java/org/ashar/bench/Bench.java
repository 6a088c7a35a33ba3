package org.ashar.bench;

import static org.ashar.bench.Commands.CONNECTIONS;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.ashar.bench.Processes.FloorServer;
import org.ashar.bench.Processes.Instance;
import org.ashar.bench.load.Load;

/** Runs the measurements one after the other, so that none disturbs another. */
final class Bench {

    private static final int VISIBLE_PER_SECOND = 200;
    private static final byte[] NO_BODY = new byte[0];

    private final Path home;
    private final Path folder;
    private final int port;
    private final Sizes sizes;
    private final Table table;
    private final PrintStream out;

    Bench(Path home, Path folder, int port, Sizes sizes, Table table, PrintStream out) {
        this.home = home;
        this.folder = folder;
        this.port = port;
        this.sizes = sizes;
        this.table = table;
        this.out = out;
    }

    void run() throws IOException {
        startUp();
        Path data = folder.resolve("load");
        try (Instance ashar = Instance.start(home, data, port);
                FloorServer floor = FloorServer.start(ashar.jvmFlags(), folder.resolve("floor"))) {
            Village village = new Village(data.resolve("keys"));
            village.signIn();
            URI service = ashar.service("budget-commitments");
            URI reports = ashar.service("progress-reports");
            List<Commands> runs = commands(service, reports, floor, village);
            visible(service, reports, village);
            reads(reports, floor, runs.getLast());
            new RebuildMeasure(ashar, service, reports, village, sizes, table, out)
                    .run(runs.getLast());
        }
        new FlatStore(folder.resolve("flat"), sizes, table, out).run();
    }

    private void startUp() throws IOException {
        Path data = folder.resolve("demonstration");
        out.println("loading the demonstration, then starting " + sizes.starts() + " times");
        Instance.start(home, data, port, "--demo").close();
        List<Double> seconds = new ArrayList<>();
        double resident = 0;
        for (int i = 0; i < sizes.starts(); i++) {
            try (Instance ashar = Instance.start(home, data, port)) {
                seconds.add(ashar.ready().toMillis() / 1000.0);
                if (i == sizes.starts() - 1) {
                    LockSupport.parkNanos(60_000_000_000L);
                    resident = ashar.residentMebibytes();
                }
            }
        }
        table.add("start-up to ready, demonstration present", Median.of(seconds), "s", "≤ 12");
        table.add("resident memory a minute later", resident, "MiB", "≤ 800");
    }

    private List<Commands> commands(URI service, URI reports, FloorServer floor, Village village)
            throws IOException {
        int count = sizes.commands();
        warmUp(service, floor, village);
        List<Commands> all = new ArrayList<>();
        Figures empty = new Figures();
        Figures insert = new Figures();
        Figures create = new Figures();
        Figures publish = new Figures();
        Figures spend = new Figures();
        List<Double> lag = new ArrayList<>();
        for (int run = 0; run < sizes.runs(); run++) {
            out.println(
                    "commands at "
                            + CONNECTIONS
                            + " connections, run "
                            + (run + 1)
                            + " of "
                            + sizes.runs());
            byte[] body = Village.draft("Clean water");
            empty.add(
                    Load.closed(
                            floor.address(),
                            CONNECTIONS,
                            2 * count,
                            (wire, n) -> wire.exchange("POST", "/empty", json(), body)));
            insert.add(
                    Load.closed(
                            floor.address(),
                            CONNECTIONS,
                            2 * count,
                            (wire, n) -> wire.exchange("POST", "/insert", json(), body)));
            Commands commands =
                    new Commands(service, village, "run" + run, count, Math.min(1_000, count));
            create.add(commands.create());
            publish.add(commands.publish(count));
            commands.fund();
            spend.add(commands.spend(0, count));
            lag.add(Visible.lagSeconds(reports, commands.promise(count - 1)));
            all.add(commands);
        }
        table.add("floor: empty POST", empty.perSecond(), "/s", "");
        table.add(
                "create a draft",
                create.perSecond(),
                "POST → insert",
                insert.perSecond(),
                "/s",
                "≥ 0.40");
        table.add(
                "publish",
                publish.perSecond(),
                "POST → insert",
                insert.perSecond(),
                "/s",
                "≥ 0.40");
        table.add(
                "record spending",
                spend.perSecond(),
                "POST → insert",
                insert.perSecond(),
                "/s",
                "≥ 0.40");
        for (Map.Entry<String, Figures> kind :
                Map.of("create", create, "publish", publish, "spending", spend).entrySet()) {
            table.add(
                    kind.getKey() + " p50",
                    kind.getValue().millisAt(50),
                    "POST → insert",
                    insert.millisAt(50),
                    "ms",
                    "");
            table.add(
                    kind.getKey() + " p99",
                    kind.getValue().millisAt(99),
                    "POST → insert",
                    insert.millisAt(99),
                    "ms",
                    "");
        }
        table.add("lag of the record when the commands end", Median.of(lag), "s", "≤ 1");
        RawStore.measure(floor.store(), sizes, table);
        return all;
    }

    private void warmUp(URI service, FloorServer floor, Village village) {
        out.println("warming up");
        byte[] body = Village.draft("Clean water");
        int count = Math.min(2_000, sizes.commands());
        Load.closed(
                floor.address(),
                CONNECTIONS,
                2 * count,
                (wire, n) -> wire.exchange("POST", "/insert", json(), body));
        Commands warm = new Commands(service, village, "warm", count, Math.min(500, count));
        warm.create();
        warm.publish(count);
        warm.fund();
        warm.spend(0, count);
    }

    private void visible(URI service, URI reports, Village village) {
        int count = VISIBLE_PER_SECOND * sizes.seconds();
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        for (int run = 0; run < sizes.runs(); run++) {
            out.println(
                    "from POST to the public record at "
                            + VISIBLE_PER_SECOND
                            + "/s, run "
                            + (run + 1));
            Commands commands = new Commands(service, village, "visible" + run, count, CONNECTIONS);
            commands.create();
            Visible visible = new Visible(service, reports, commands);
            Load.Seen seen = visible.measure(VISIBLE_PER_SECOND, count);
            p50.add(seen.millisAt(50));
            p99.add(seen.millisAt(99));
        }
        table.add("POST to visible in the record at 200/s, p50", Median.of(p50), "ms", "");
        table.add("POST to visible in the record at 200/s, p99", Median.of(p99), "ms", "≤ 250");
    }

    private void reads(URI reports, FloorServer floor, Commands commands) {
        Figures reads = new Figures();
        Figures empty = new Figures();
        for (int run = 0; run < sizes.runs(); run++) {
            out.println("reading records, run " + (run + 1));
            reads.add(
                    Load.closed(
                            reports,
                            CONNECTIONS,
                            sizes.commands(),
                            (wire, n) ->
                                    wire.exchange(
                                            "GET",
                                            "/api/record/commitments/" + commands.promise(n),
                                            Map.of(),
                                            NO_BODY)));
            empty.add(
                    Load.closed(
                            floor.address(),
                            CONNECTIONS,
                            2 * sizes.commands(),
                            (wire, n) ->
                                    wire.exchange("POST", "/empty", json(), Village.draft("x"))));
        }
        table.add(
                "reads of a commitment's record",
                reads.perSecond(),
                "empty POST",
                empty.perSecond(),
                "/s",
                "");
        table.add("reads p99", reads.millisAt(99), "ms", "");
    }

    private static Map<String, String> json() {
        return Map.of("Content-Type", "application/json");
    }

    /** Several runs of one figure. */
    private static final class Figures {
        private final List<Load.Seen> runs = new ArrayList<>();

        void add(Load.Seen seen) {
            runs.add(seen);
        }

        double perSecond() {
            return Median.of(runs.stream().map(Load.Seen::perSecond).toList());
        }

        double millisAt(double percentile) {
            return Median.of(runs.stream().map(seen -> seen.millisAt(percentile)).toList());
        }
    }
}
