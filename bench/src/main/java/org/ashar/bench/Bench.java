package org.ashar.bench;

import static org.ashar.bench.Commands.CONNECTIONS;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Measures these parts on instances of its own. */
    void run(Set<Part> parts) throws IOException {
        if (parts.contains(Part.START)) {
            startUp();
        }
        if (parts.contains(Part.COMMANDS)) {
            commands();
        }
        if (parts.contains(Part.LEDGER)) {
            new LedgerMeasure(home, folder.resolve("ledger"), port, sizes, table, out).run();
        }
        if (parts.contains(Part.STORE)) {
            new FlatStore(folder.resolve("flat"), sizes, table, out).run();
        }
    }

    /** Measures an instance that runs already. */
    void run(Running running) throws IOException {
        try (FloorServer floor =
                FloorServer.start(Processes.ownJvmFlags(), folder.resolve("floor"))) {
            Village village = Village.signedIn(running.data().resolve("keys"));
            URI door = running.door();
            List<Commands> runs =
                    new CommandMeasure(door, floor, village, sizes, table, out).run(null);
            visible(door, door, village);
            reads(door, floor, runs.getLast());
        }
    }

    private void commands() throws IOException {
        Path data = folder.resolve("load");
        try (Instance ashar = Instance.start(home, data, port);
                FloorServer floor = FloorServer.start(ashar.jvmFlags(), folder.resolve("floor"))) {
            Village village = Village.signedIn(data.resolve("keys"));
            URI service = ashar.service("budget-commitments");
            URI reports = ashar.service("progress-reports");
            Backlog backlog = new Backlog(service, reports, village);
            List<Commands> runs =
                    new CommandMeasure(service, floor, village, sizes, table, out).run(backlog);
            visible(service, reports, village);
            reads(reports, floor, runs.getLast());
            new RebuildMeasure(ashar, reports, backlog, sizes, table, out).run(runs.getLast());
        }
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

    private void visible(URI service, URI reports, Village village) throws IOException {
        int count = VISIBLE_PER_SECOND * sizes.seconds();
        Figures seen = new Figures();
        for (int run = 0; run < sizes.runs(); run++) {
            out.println(
                    "from POST to the public record at "
                            + VISIBLE_PER_SECOND
                            + "/s, run "
                            + (run + 1));
            Commands commands = new Commands(service, village, "visible" + run, count, CONNECTIONS);
            commands.create();
            seen.add(new Visible(service, reports, commands).measure(VISIBLE_PER_SECOND, count));
        }
        table.add("POST to visible in the record at 200/s, p50", seen.millisAt(50), "ms", "");
        table.add("POST to visible in the record at 200/s, p99", seen.millisAt(99), "ms", "≤ 250");
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
            empty.add(floor.empty(2 * sizes.commands()));
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
}
