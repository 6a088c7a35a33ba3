package org.ashar.app.badinput;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the second column of the table of bad requests; its head says how it is written. */
final class Request {

    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)}");
    private static final Pattern AT = Pattern.compile("(/\\S+) = (.*)", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("(\\+?)([A-Z][A-Za-z-]+):(.*)");
    private static final String BARE = "bare ";

    private final Map<String, String> names;
    private final Map<String, Supplier<Call>> good;
    private final Map<String, String> tokens;

    Request(World world) {
        this.names =
                Map.ofEntries(
                        Map.entry("commitment", world.commitment()),
                        Map.entry("budget", world.budget()),
                        Map.entry("report", world.report()),
                        Map.entry("draft", world.draft()),
                        Map.entry("rivalDraft", world.rivalDraft()),
                        Map.entry("rivalReport", world.rivalReport()),
                        Map.entry("tellingDraft", world.tellingDraft()),
                        Map.entry("nothing", "a".repeat(26)),
                        Map.entry("place", Good.PLACE),
                        Map.entry("officer", world.officials().officer()),
                        Map.entry("usedKey", World.KEY_OF_DRAFT),
                        Map.entry("startKey", World.KEY_OF_START));
        this.good = world.goodCalls();
        this.tokens = world.officials().byName();
    }

    /** What is to be written to a socket as it is, if it is that. */
    static boolean isBare(String words) {
        return words.startsWith(BARE);
    }

    /** The text to write to a socket. */
    String bare(String words, String language) {
        return filled(words.substring(BARE.length()))
                .replace("{language}", language)
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0");
    }

    /** The call in these words, with a key of its own where it is a command that says of none. */
    Call call(String words) {
        List<String> parts = List.of(words.split(" & "));
        Call call = first(parts.getFirst());
        for (String part : parts.subList(1, parts.size())) {
            call = changed(call, part);
        }
        return call;
    }

    private Call first(String words) {
        int space = words.indexOf(' ');
        if (space < 0) {
            Supplier<Call> call = good.get(words);
            if (call == null) {
                throw new IllegalArgumentException("no such good call: " + words);
            }
            return call.get().header("Idempotency-Key", UUID.randomUUID().toString());
        }
        return Call.get(filled(words.substring(space + 1))).method(words.substring(0, space));
    }

    private Call changed(Call call, String words) {
        Matcher at = AT.matcher(words);
        if (at.matches()) {
            return call.with(at.group(1), filled(at.group(2)));
        }
        if (words.equals("in chunks")) {
            return call.inChunks();
        }
        int space = words.indexOf(' ');
        String rest = words.substring(space + 1);
        return switch (space < 0 ? words : words.substring(0, space)) {
            case "without" -> rest.startsWith("/") ? call.lacking(rest) : call.without(rest);
            case "by" -> call.by(token(rest));
            case "to" -> call.path(filled(rest));
            case "method" -> call.method(rest);
            case "body:" -> call.body(space < 0 ? "" : filled(rest));
            case "body" -> call.body(rest.substring("in Latin-1: ".length()).getBytes(ISO_8859_1));
            default -> header(call, words);
        };
    }

    private Call header(Call call, String words) {
        Matcher header = HEADER.matcher(words);
        if (!header.matches()) {
            throw new IllegalArgumentException("not understood: " + words);
        }
        String value = filled(header.group(3).strip());
        return header.group(1).isEmpty()
                ? call.header(header.group(2), value)
                : call.also(header.group(2), value);
    }

    private String token(String name) {
        String token = tokens.get(name);
        if (token == null) {
            throw new IllegalArgumentException("no such official: " + name);
        }
        return token;
    }

    private String filled(String text) {
        String whole =
                text.replace("«tab»", "\t")
                        .replace("«byte order mark»", "\uFEFF")
                        .replace("«51 milestones»", milestones());
        String named = NAME.matcher(whole).replaceAll(this::named);
        return Table.repeated(named);
    }

    private String named(MatchResult name) {
        return Matcher.quoteReplacement(names.getOrDefault(name.group(1), name.group()));
    }

    private static String milestones() {
        return IntStream.range(0, 51)
                .mapToObj(
                        i ->
                                String.format(
                                        Locale.ROOT,
                                        "{\"id\":\"m%d\",\"title\":%s,\"deliverable\":%s,\"due\":\"2027-06-30\"}",
                                        i,
                                        Good.text("a"),
                                        Good.text("b")))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
