package org.ashar.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.ashar.portal.StubService.Asked;
import org.ashar.portal.StubService.Reply;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSignature;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.Proofs;
import org.ashar.tlog.SignedNote;
import tools.jackson.databind.JsonNode;

/** Keeps a small ledger, over real HTTP: a true tree, truly signed, with entries of all sorts. */
final class LedgerStub {

    static final String ORIGIN = "ledger.example.org/ledger";
    static final String WITNESS = "witness.example.org/w1";
    static final StreamId PROMISE = StreamId.derived("commitment", "water");
    static final StreamId BUDGET = StreamId.derived("budget-commitment", "pipes");
    static final StreamId HOSTILE = StreamId.derived("commitment", "hostile");
    static final StreamId LARGE = StreamId.derived("commitment", "large");
    static final String OFFERED = "org.ashar.budget-commitments.commitment-published.v1";
    static final String EVIL_NAME = "<script>alert(1)</script>\u202egnihton";

    static final NoteSigner SIGNER = NoteSigner.of(ORIGIN, Kind.ED25519, seed(1));

    private static final Path EXAMPLES =
            Path.of("../budget-commitments/src/main/resources/contracts/budget-commitments");

    private final List<String> entries = new ArrayList<>();

    private LedgerStub() {}

    static byte[] seed(int each) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) each);
        return seed;
    }

    /** A log of {@code size} entries; the first are of a promise and its budget. */
    static LedgerStub of(int size) {
        LedgerStub log = new LedgerStub();
        log.add(PROMISE, 1, OFFERED, example("commitment-published"));
        log.add(PROMISE, 2, type("commitment-started"), example("commitment-started"));
        log.add(BUDGET, 1, type("spending-recorded"), spending());
        log.add(HOSTILE, 1, "<b>org.x\"y</b>", hostile());
        log.add(LARGE, 1, OFFERED, large());
        for (int i = log.entries.size(); i < size; i++) {
            log.add(
                    StreamId.derived("commitment", Integer.toString(i)),
                    1,
                    OFFERED,
                    example("commitment-published"));
        }
        return log;
    }

    static StubService start() {
        return StubService.start(of(47)::answer);
    }

    static String event(StreamId stream, int sequence) {
        return stream + "@" + sequence;
    }

    private static String type(String fact) {
        return "org.ashar.budget-commitments." + fact + ".v1";
    }

    private static Object example(String fact) {
        try {
            return AsharJson.lenient()
                    .readTree(Files.readString(EXAMPLES.resolve(fact + ".v1.example.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object spending() {
        return Fixtures.object(
                "amount",
                Fixtures.money("432500.50"),
                "commitment",
                PROMISE.toString(),
                "description",
                Fixtures.text("ky", "Түтүктөр"),
                "spentOn",
                "2026-05-02");
    }

    private static Object hostile() {
        return Fixtures.object(
                "place",
                Fixtures.object("scheme", "../..", "code", "x'\"", "name", EVIL_NAME),
                EVIL_NAME,
                "javascript:alert(1)",
                "amount",
                Fixtures.object("amount", "1e999999999", "currency", "ZZZ"),
                "title",
                Fixtures.object("original", "xx", "texts", List.of(1)),
                "period",
                Fixtures.object("start", "2026-02-30", "end", "2026-01-01"));
    }

    private static Object large() {
        return Fixtures.object(
                "title",
                Fixtures.text("th", "ก".repeat(9_000)),
                "milestones",
                IntStream.range(0, 400)
                        .mapToObj(i -> Fixtures.object("\"quoted\"&<" + i, "'\"".repeat(30)))
                        .toList());
    }

    private void add(StreamId stream, int sequence, String type, Object data) {
        entries.add(
                Fixtures.json(
                        Fixtures.object(
                                "data",
                                data,
                                "datacontenttype",
                                "application/json",
                                "id",
                                event(stream, sequence),
                                "sequence",
                                "00000000000" + sequence,
                                "source",
                                "/tests/budget-commitments",
                                "specversion",
                                "1.0",
                                "subject",
                                stream.toString(),
                                "time",
                                "2026-05-04T06:00:00Z",
                                "type",
                                type)));
    }

    int size() {
        return entries.size();
    }

    String entry(int index) {
        return entries.get(index);
    }

    private Hash subtree(int level, long index) {
        return level == 0
                ? Hash.leaf(entries.get((int) index).getBytes(UTF_8))
                : Hash.node(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
    }

    SignedNote checkpoint() {
        String text = new Checkpoint(ORIGIN, size(), Proofs.root(size(), this::subtree)).text();
        NoteSignature cosigned =
                NoteSigner.of(WITNESS, Kind.COSIGNATURE, seed(2)).sign(text, 1_760_000_000);
        return new SignedNote(text, List.of(SIGNER.sign(text, 0), cosigned));
    }

    LogProof proof(int index) {
        return new LogProof(index, Proofs.inclusion(index, size(), this::subtree), checkpoint());
    }

    Reply answer(Asked asked) {
        URI uri = URI.create(asked.uri());
        String path = uri.getPath();
        if (!RecordStub.parameters(uri.getRawQuery())
                .getOrDefault("type", OFFERED)
                .matches("org\\.ashar\\.[a-z.-]+\\.v[0-9]")) {
            return new Reply(400, Map.of(), "{}");
        }
        if (path.startsWith("/ledger/checkpoint")) {
            return text(checkpoint().written());
        }
        if (path.equals("/ledger/key")) {
            return text(SIGNER.key().vkey() + "\n");
        }
        if (path.equals("/ledger/logs")) {
            return json("[]");
        }
        if (path.equals("/api/findings")) {
            return json(findings(RecordStub.parameters(uri.getRawQuery())));
        }
        if (path.equals("/api/ledger/entries")) {
            return list(RecordStub.parameters(uri.getRawQuery()));
        }
        if (path.startsWith("/api/ledger/entries/")) {
            int index = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            return json(entry(index));
        }
        if (path.startsWith("/api/ledger/events/")) {
            String rest = path.substring("/api/ledger/events/".length());
            String event = rest.replaceAll("/proof$|\\.tlog-proof$", "");
            int index =
                    IntStream.range(0, size())
                            .filter(i -> id(i).equals(event))
                            .findFirst()
                            .orElse(-1);
            return index < 0 ? notFound() : about(rest.substring(event.length()), event, index);
        }
        return notFound();
    }

    /** One that is late, where it is asked for what is asked for on one page. */
    private static String findings(Map<String, String> asked) {
        Object finding =
                Fixtures.object(
                        "id",
                        "f".repeat(26),
                        "state",
                        "action-agreed",
                        "auditor",
                        "chamber-of-accounts",
                        "title",
                        Fixtures.text("ru", "Счёт не найден"),
                        "severity",
                        "medium",
                        "openedOn",
                        "2026-03-02",
                        "due",
                        "2026-04-30",
                        "daysLate",
                        4);
        return Fixtures.json(
                Fixtures.LATE.equals(asked.get("commitment"))
                        ? Fixtures.object("items", List.of(finding), "next", "g")
                        : Fixtures.object("items", List.of()));
    }

    private Reply about(String what, String event, int index) {
        return switch (what) {
            case "/proof" -> json(inclusion(index));
            case ".tlog-proof" -> text(proof(index).written());
            default ->
                    json(
                            Fixtures.json(
                                    Fixtures.object(
                                            "event",
                                            event,
                                            "index",
                                            index,
                                            "leaf",
                                            subtree(0, index).base64(),
                                            "entry",
                                            entry(index))));
        };
    }

    /** What shows an entry, as it is answered. */
    String inclusion(int index) {
        LogProof proof = proof(index);
        return Fixtures.json(
                Fixtures.object(
                        "event",
                        id(index),
                        "index",
                        index,
                        "path",
                        proof.path().stream().map(Hash::base64).toList(),
                        "checkpoint",
                        proof.checkpoint().written()));
    }

    String id(int index) {
        return field(index, "id");
    }

    private String field(int index, String name) {
        return AsharJson.lenient().readTree(entry(index)).path(name).asString("");
    }

    private Reply list(Map<String, String> parameters) {
        long before = Long.parseLong(parameters.getOrDefault("after", "1000000"));
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "50"));
        String commitment = "commitment/" + parameters.getOrDefault("commitment", "");
        Predicate<JsonNode> wanted =
                event ->
                        (!parameters.containsKey("type")
                                        || event.path("type")
                                                .asString("")
                                                .equals(parameters.get("type")))
                                && (!parameters.containsKey("subject")
                                        || event.path("subject")
                                                .asString("")
                                                .equals(parameters.get("subject")))
                                && (!parameters.containsKey("place")
                                        || parameters
                                                .get("place")
                                                .endsWith(
                                                        event.at("/data/place/code").asString("-")))
                                && (!parameters.containsKey("commitment")
                                        || event.path("subject").asString("").equals(commitment)
                                        || event.at("/data/commitment")
                                                .asString("")
                                                .equals(commitment));
        List<Map<String, Object>> found =
                IntStream.iterate(size() - 1, i -> i >= 0, i -> i - 1)
                        .filter(i -> i < before)
                        .filter(i -> wanted.test(AsharJson.lenient().readTree(entry(i))))
                        .limit(limit + 1L)
                        .mapToObj(i -> Fixtures.object("index", i, "entry", entry(i)))
                        .toList();
        List<Map<String, Object>> shown = found.subList(0, Math.min(limit, found.size()));
        Map<String, Object> page = Fixtures.object("items", shown);
        if (found.size() > limit) {
            page.put("next", String.valueOf(shown.getLast().get("index")));
        }
        return json(Fixtures.json(page));
    }

    /** Looks through so many entries for what is nowhere, and tells how far it came. */
    Reply seekInVain(Asked asked, int atOnce) {
        URI uri = URI.create(asked.uri());
        if (!uri.getPath().equals("/api/ledger/entries")) {
            return answer(asked);
        }
        String after = RecordStub.parameters(uri.getRawQuery()).get("after");
        long left = (after == null ? size() : Long.parseLong(after)) - atOnce;
        Map<String, Object> page = Fixtures.object("items", List.of());
        if (left > 0) {
            page.put("next", Long.toString(left));
        }
        return json(Fixtures.json(page));
    }

    /** The list of logs that another one succeeded: this one alone. */
    static String succeeded(String address) {
        return "[{\"origin\":\"%s\",\"vkey\":\"%s\",\"size\":1450,\"address\":\"%s\"}]"
                .formatted(ORIGIN, SIGNER.key().vkey(), address);
    }

    static Reply json(String body) {
        return new Reply(200, Map.of("Content-Type", "application/json"), body);
    }

    static Reply text(String body) {
        return new Reply(200, Map.of("Content-Type", "text/plain; charset=utf-8"), body);
    }

    static Reply notFound() {
        return new Reply(
                404,
                Map.of("Content-Type", "application/problem+json"),
                "{\"code\":\"ledger.not-logged\"}");
    }
}
