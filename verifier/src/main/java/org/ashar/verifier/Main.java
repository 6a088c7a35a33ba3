package org.ashar.verifier;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ashar.kernel.Checked;
import org.ashar.tlog.NoteKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code verify URL [--key VKEY] [--state FILE] [--json]}: exit 0 verified, 1 broken, 2 unknown.
 */
public final class Main {

    private static final String USAGE =
            """
            usage: verify URL [--key VKEY] [--state FILE] [--json]
              URL      where the installation is, like https://ashar.example.org
              --key    the log's key, as you got it from someone you trust
              --state  a file in which to remember the log; a later run finds out whether
                       its history was rewritten
              --json   the result for programs
            """;
    private static final int BAR = 40;

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new Main(System.out, System.err).run(List.of(arguments)));
    }

    int run(List<String> arguments) throws InterruptedException {
        Wish wish;
        try {
            wish = Wish.of(arguments);
        } catch (IllegalArgumentException e) {
            err.println("verify: " + e.getMessage());
            err.print(USAGE);
            return new Verdict.Unknown("usage").status();
        }
        Progress progress = new Progress(err, !wish.json());
        Verdict verdict =
                new Auditor(wish.url(), wish.key(), wish.state()).verify(progress::reached);
        progress.end();
        out.println(wish.json() ? json(verdict) : plain(verdict, wish));
        return verdict.status();
    }

    private static String json(Verdict verdict) {
        Map<String, Object> members = new LinkedHashMap<>();
        switch (verdict) {
            case Verdict.Verified verified -> {
                members.put("result", "verified");
                members.put("origin", verified.origin());
                members.put("size", verified.size());
                members.put("root", verified.root());
                members.put("remembered", verified.remembered());
            }
            case Verdict.Broken(String code, Map<String, String> facts) -> {
                members.put("result", "broken");
                members.put("code", code);
                members.put("facts", new TreeMap<>(facts));
            }
            case Verdict.Unknown(String reason) -> {
                members.put("result", "unknown");
                members.put("reason", reason);
            }
        }
        return JsonMapper.shared().writeValueAsString(members);
    }

    private static String plain(Verdict verdict, Wish wish) {
        return switch (verdict) {
            case Verdict.Verified verified ->
                    "Verified: all "
                            + verified.size()
                            + " events of "
                            + verified.origin()
                            + " are in the log, each once and in order, and the log's signature covers them.\n"
                            + (verified.remembered() == 0
                                    ? wish.state() == null
                                            ? "Nothing is remembered: with --state FILE a later run finds out whether history was rewritten."
                                            : "This was the first time; the next run finds out whether history was rewritten."
                                    : "The first "
                                            + verified.remembered()
                                            + " are the very same as when it was verified last.");
            case Verdict.Broken(String code, Map<String, String> facts) ->
                    "BROKEN: this log is not as it must be ("
                            + code
                            + ").\n"
                            + new TreeMap<>(facts)
                            + "\nKeep this output and the state file, and ask others what they see.";
            case Verdict.Unknown(String reason) ->
                    "Not verified: " + reason + ".\nThis says nothing against the log. Try again.";
        };
    }

    /** What was asked for. */
    private record Wish(URI url, @Nullable NoteKey key, @Nullable Path state, boolean json) {

        static Wish of(List<String> arguments) {
            URI url = null;
            NoteKey key = null;
            Path state = null;
            boolean json = false;
            Iterator<String> words = arguments.iterator();
            while (words.hasNext()) {
                String word = words.next();
                switch (word) {
                    case "--key" -> key = key(value(words, word));
                    case "--state" -> state = Path.of(value(words, word));
                    case "--json" -> json = true;
                    default -> {
                        if (word.startsWith("-") || url != null) {
                            throw new IllegalArgumentException("it knows no " + word);
                        }
                        url = address(word);
                    }
                }
            }
            if (url == null) {
                throw new IllegalArgumentException("the address of the log is missing");
            }
            return new Wish(url, key, state, json);
        }

        private static String value(Iterator<String> words, String option) {
            if (!words.hasNext()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return words.next();
        }

        private static NoteKey key(String text) {
            return switch (NoteKey.parse(text)) {
                case Checked.Valid<NoteKey>(NoteKey key) -> key;
                case Checked.Invalid<NoteKey>(String code, Map<String, String> _) ->
                        throw new IllegalArgumentException("--key is not a key (" + code + ")");
            };
        }

        private static URI address(String text) {
            URI address = URI.create(text.endsWith("/") ? text : text + "/");
            if (address.getHost() == null
                    || !List.of("http", "https").contains(address.getScheme())) {
                throw new IllegalArgumentException("the address is like https://ashar.example.org");
            }
            return address;
        }
    }

    /** A bar that fills, where somebody looks on. */
    private static final class Progress {
        private final PrintStream to;
        private final boolean shown;
        private int last = -1;

        Progress(PrintStream to, boolean shown) {
            this.to = to;
            this.shown = shown;
        }

        void reached(long read, long all) {
            int filled = all == 0 ? BAR : (int) (BAR * read / all);
            if (shown && filled != last) {
                last = filled;
                to.printf(
                        Locale.ROOT,
                        "\r[%s%s] %d of %d events",
                        "#".repeat(filled),
                        " ".repeat(BAR - filled),
                        read,
                        all);
            }
        }

        void end() {
            if (last >= 0) {
                to.println();
            }
        }
    }
}
