package org.ashar.witness;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey;

/**
 * {@code witness --log VKEY [--log VKEY …] [--name NAME] [--listen HOST:PORT] [--data DIR]}: runs a
 * witness until it is stopped. Exit status: 0 stopped, 1 cannot run, 2 not understood.
 */
public final class WitnessCommand {

    private static final int STOPPED = 0;
    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;
    private static final int MOST_LOGS = 256;
    private static final String USAGE =
            """
            usage: witness --log VKEY [--log VKEY ...] [--name NAME] [--listen HOST:PORT] [--data DIR]
              --log     the key of a log to witness, as it is at its /ledger/key; may be repeated
              --name    this witness's name, such as witness.example.org; the first start needs it
              --listen  where to listen                            (default: 127.0.0.1:8090)
              --data    its key and what it cosigned last          (default: witness)
            """;

    private WitnessCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err, Clock.systemUTC()));
    }

    /**
     * Runs a witness until the process is asked to end, or the thread is interrupted.
     *
     * @param out hears of the witness's key and address
     * @param err hears of what is wrong, with the arguments, a log or here
     * @return the exit status
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err, Clock clock) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(USAGE);
            return STOPPED;
        }
        Wish wish;
        try {
            wish = Wish.of(arguments);
        } catch (IllegalArgumentException e) {
            err.println("witness: " + e.getMessage());
            err.print(USAGE);
            return NOT_UNDERSTOOD;
        }
        WitnessServer.boundConnections();
        Stop stop = new Stop();
        try (WitnessFolder folder = WitnessFolder.open(wish.data(), wish.name());
                WitnessServer server =
                        new WitnessServer(
                                new Witness(folder, wish.logs(), clock),
                                wish.listen(),
                                new Heartbeat(out, clock),
                                err)) {
            tell(out, wish, folder, server.address());
            stop.await();
            return STOPPED;
        } catch (WitnessException e) {
            err.println("witness: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            err.println("witness: it cannot listen at " + wish.listen() + ": " + e.getMessage());
            return FAILED;
        } finally {
            stop.done();
        }
    }

    private static void tell(
            PrintStream out, Wish wish, WitnessFolder folder, InetSocketAddress address) {
        out.println("Witness " + folder.signer().key().name());
        out.println("  key      " + folder.signer().key().vkey());
        out.println("  address  http://" + address.getHostString() + ":" + address.getPort() + "/");
        out.println("  folder   " + wish.data().toAbsolutePath());
        wish.logs()
                .keySet()
                .forEach(origin -> out.println("  log      " + origin + folder.reached(origin)));
        out.flush();
    }

    /** The end of the process, which waits until everything is given back. */
    private static final class Stop {
        private static final long WITHIN_SECONDS = 10;

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch given = new CountDownLatch(1);

        void await() {
            Thread hook = new Thread(this::ask, "stop");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                asked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }

        private void ask() {
            asked.countDown();
            try {
                if (!given.await(WITHIN_SECONDS, TimeUnit.SECONDS)) {
                    Runtime.getRuntime().halt(FAILED);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void done() {
            given.countDown();
        }
    }

    /** What was asked for. */
    private record Wish(
            Map<String, List<NoteKey>> logs,
            Optional<String> name,
            InetSocketAddress listen,
            Path data) {

        static Wish of(List<String> arguments) {
            Map<String, List<NoteKey>> logs = new TreeMap<>();
            Map<String, String> single = new TreeMap<>();
            Iterator<String> words = arguments.iterator();
            while (words.hasNext()) {
                String word = words.next();
                if (!Set.of("--log", "--name", "--listen", "--data").contains(word)) {
                    throw new IllegalArgumentException("it knows no " + word);
                }
                if (!words.hasNext()) {
                    throw new IllegalArgumentException(word + " needs a value");
                }
                String value = words.next();
                if (word.equals("--log")) {
                    NoteKey key = key(value);
                    logs.computeIfAbsent(key.name(), _ -> new ArrayList<>()).add(key);
                } else if (single.put(word, value) != null) {
                    throw new IllegalArgumentException(word + " is given twice");
                }
            }
            if (logs.isEmpty() || logs.size() > MOST_LOGS) {
                throw new IllegalArgumentException("it needs 1 to " + MOST_LOGS + " --log");
            }
            return new Wish(
                    logs,
                    Optional.ofNullable(single.get("--name")),
                    address(single.getOrDefault("--listen", "127.0.0.1:8090")),
                    Path.of(single.getOrDefault("--data", "witness")));
        }

        private static NoteKey key(String text) {
            if (NoteKey.parse(text) instanceof Checked.Valid<NoteKey>(NoteKey key)
                    && key.kind() == NoteKey.Kind.ED25519) {
                return key;
            }
            throw new IllegalArgumentException("--log is not the key of a log: " + text);
        }

        private static InetSocketAddress address(String text) {
            int colon = text.lastIndexOf(':');
            String port = text.substring(colon + 1);
            if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xffff) {
                throw new IllegalArgumentException("--listen is no HOST:PORT: " + text);
            }
            InetSocketAddress address =
                    new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port));
            if (address.isUnresolved()) {
                throw new IllegalArgumentException("--listen names no host that is known: " + text);
            }
            return address;
        }
    }
}
