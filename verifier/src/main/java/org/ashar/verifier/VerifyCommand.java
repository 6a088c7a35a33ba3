package org.ashar.verifier;

import static org.ashar.tlog.NoteKey.Kind.COSIGNATURE;
import static org.ashar.tlog.NoteKey.Kind.ED25519;

import java.io.Console;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.WitnessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * {@code verify URL [--key VKEY] [--state FILE [--successor]] [--zone ZONE] [--witness VKEY …]
 * [--quorum N] [--log-only] [--json]}, or {@code verify --receipt FILE --key VKEY} for one event:
 * exit status 0 verified, 1 something is wrong, 2 it could not be told.
 */
public final class VerifyCommand {

    static final String USAGE =
            """
            usage: verify URL [--key VKEY] [--state FILE [--successor]] [--zone ZONE]
                          [--witness VKEY ...] [--quorum N] [--log-only] [--json]
                   verify --receipt FILE --key VKEY [--witness VKEY ...] [--quorum N] [--json]
              URL      where the installation is, like https://ashar.example.org
              --key    the log's key, as you got it from someone you trust
              --state  a file in which to remember the log; a later run finds out whether
                       its history was rewritten
              --successor  the state file may be of the log that this one succeeded: whether this
                       one begins with it. Needs --key, from someone you trust
              --zone   where the installation's days end at midnight (default: Asia/Bishkek)
              --witness  the key of a witness that must have cosigned the log; may be repeated
              --quorum   how many of them are enough (default: all)
              --log-only  leave the public record alone
              --json   the result for programs
              --receipt  what /api/ledger/events/ answered of an event: whether it is in the
                       log, without asking anybody
            Exit status: 0 verified, 1 something is wrong, 2 it could not be told.
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BAR = 40;
    private static final int NOT_TOLD = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;
    private final Duration patience;
    private final boolean somebodyLooksOn;

    public VerifyCommand(PrintStream out, PrintStream err, Clock clock) {
        this(out, err, clock, PATIENCE, somebodyLooksOn());
    }

    /**
     * @param patience how long a record is waited for that is not as the log has it
     * @param somebodyLooksOn whether it shows on {@code err} how far it is
     */
    VerifyCommand(
            PrintStream out,
            PrintStream err,
            Clock clock,
            Duration patience,
            boolean somebodyLooksOn) {
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.patience = patience;
        this.somebodyLooksOn = somebodyLooksOn;
    }

    /** Runs it with what stands behind {@code verify}, and answers the exit status. */
    public int run(List<String> arguments) throws InterruptedException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        Wish wish;
        try {
            wish = Wish.of(arguments, patience);
        } catch (IllegalArgumentException e) {
            err.println("verify: " + e.getMessage());
            err.print(USAGE);
            if (arguments.contains("--json")) {
                out.println(Wording.json(new Verdict.Unknown(String.valueOf(e.getMessage()))));
            }
            return NOT_TOLD;
        }
        try {
            return run(wish);
        } catch (RuntimeException | Error e) { // would end the process with 1, which accuses
            err.println("verify: this program could not go on: " + e);
            return NOT_TOLD;
        }
    }

    private int run(Wish wish) throws InterruptedException {
        Verdict verdict =
                switch (wish.check()) {
                    case ReceiptCheck receipt -> receipt.check();
                    case Auditor.Task task -> audit(task, !wish.json() && somebodyLooksOn);
                };
        out.println(wish.json() ? Wording.json(verdict) : Wording.plain(verdict, wish.remembers()));
        return verdict.status();
    }

    private Verdict audit(Auditor.Task task, boolean isSeen) throws InterruptedException {
        Bar bar = new Bar(err, isSeen);
        Verdict verdict = new Auditor(task, clock).verify(bar);
        bar.end();
        return verdict;
    }

    @SuppressWarnings("SystemConsoleNull") // what JDK 25 answers where there is no terminal
    private static boolean somebodyLooksOn() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** What is to be checked: an installation, or one receipt. */
    sealed interface Check permits Auditor.Task, ReceiptCheck {}

    /** What was asked for. */
    record Wish(Check check, boolean json) {

        boolean remembers() {
            return check instanceof Auditor.Task task && task.state() != null;
        }

        static Wish of(List<String> arguments, Duration patience) {
            URI url = null;
            NoteKey key = null;
            Path state = null;
            Path receipt = null;
            ZoneId zone = ZoneId.of("Asia/Bishkek");
            List<NoteKey> witnesses = new ArrayList<>();
            String quorum = null;
            boolean successor = false;
            boolean records = true;
            boolean json = false;
            Iterator<String> words = arguments.iterator();
            while (words.hasNext()) {
                String word = words.next();
                switch (word) {
                    case "--key" -> key = key(word, value(words, word), ED25519);
                    case "--state" -> state = Path.of(value(words, word));
                    case "--receipt" -> receipt = Path.of(value(words, word));
                    case "--zone" -> zone = zone(value(words, word));
                    case "--witness" -> witnesses.add(key(word, value(words, word), COSIGNATURE));
                    case "--quorum" -> quorum = value(words, word);
                    case "--successor" -> successor = true;
                    case "--log-only" -> records = false;
                    case "--json" -> json = true;
                    default -> {
                        if (word.startsWith("-") || url != null) {
                            throw new IllegalArgumentException("it knows no " + word);
                        }
                        url = address(word);
                    }
                }
            }
            if (receipt != null) {
                if (url != null || state != null || successor || key == null) {
                    throw new IllegalArgumentException(
                            "--receipt needs --key, and takes no address, --state or --successor");
                }
                return new Wish(new ReceiptCheck(receipt, key, policy(witnesses, quorum)), json);
            }
            if (url == null) {
                throw new IllegalArgumentException("the address of the installation is missing");
            }
            if (successor && (key == null || state == null)) {
                throw new IllegalArgumentException("--successor needs --key and --state");
            }
            return new Wish(
                    new Auditor.Task(
                            url,
                            key,
                            state,
                            successor,
                            policy(witnesses, quorum),
                            records,
                            zone,
                            patience),
                    json);
        }

        private static String value(Iterator<String> words, String option) {
            if (!words.hasNext()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return words.next();
        }

        private static WitnessPolicy policy(List<NoteKey> witnesses, @Nullable String quorum) {
            if (quorum != null && !quorum.matches("[1-9][0-9]{0,3}")) {
                throw new IllegalArgumentException("--quorum is no number of witnesses: " + quorum);
            }
            return new WitnessPolicy(
                    quorum == null ? witnesses.size() : Integer.parseInt(quorum), witnesses);
        }

        private static NoteKey key(String option, String text, NoteKey.Kind kind) {
            if (NoteKey.parse(text) instanceof Checked.Valid<NoteKey>(NoteKey key)
                    && key.kind() == kind) {
                return key;
            }
            throw new IllegalArgumentException(
                    option
                            + (kind == ED25519
                                    ? " is not the key of a log: "
                                    : " is not the key of a witness: ")
                            + text
                            + " (name+hash+key, copied whole: a wrong letter in it shows)");
        }

        private static ZoneId zone(String text) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("--zone is not a zone like Asia/Bishkek", e);
            }
        }

        /** The installation's root, whether it or its log was named. */
        private static URI address(String text) {
            try {
                URI address = new URI(text.endsWith("/") ? text : text + "/");
                if (address.getHost() != null
                        && address.getRawQuery() == null
                        && address.getRawFragment() == null
                        && List.of("http", "https").contains(address.getScheme())) {
                    return address.getPath().endsWith("/ledger/") ? address.resolve("..") : address;
                }
                throw notAnAddress(null);
            } catch (URISyntaxException e) {
                throw notAnAddress(e);
            }
        }

        private static IllegalArgumentException notAnAddress(@Nullable Throwable why) {
            return new IllegalArgumentException(
                    "the address is like https://ashar.example.org", why);
        }
    }

    /** A bar that fills, where somebody looks on. */
    private static final class Bar implements Progress {
        private final PrintStream to;
        private final boolean shown;
        private @Nullable String last;

        Bar(PrintStream to, boolean shown) {
            this.to = to;
            this.shown = shown;
        }

        @Override
        public void reached(Stage stage, long done, long all) {
            int filled = all == 0 ? BAR : (int) (BAR * done / all);
            String step = stage + " " + filled;
            if (shown && !step.equals(last)) {
                last = step;
                to.printf(
                        Locale.ROOT,
                        "\r[%s%s] %d of %d %s  ",
                        "#".repeat(filled),
                        " ".repeat(BAR - filled),
                        done,
                        all,
                        stage == Stage.EVENTS ? "events" : "records");
            }
        }

        void end() {
            if (last != null) {
                to.println();
            }
        }
    }
}
