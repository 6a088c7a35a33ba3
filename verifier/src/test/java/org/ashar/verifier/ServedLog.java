package org.ashar.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.ashar.kernel.Checked;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.EntryBundle;
import org.ashar.tlog.Hash;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.ashar.tlog.RightEdge;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.Tile;
import org.jspecify.annotations.Nullable;

/** A log served from memory, which can be made to lie. */
final class ServedLog implements AutoCloseable {

    static final NoteSigner SIGNER =
            NoteSigner.of("log.example.org/ledger", Kind.ED25519, new byte[32]);

    private final HttpServer server;
    private final List<byte[]> entries = new ArrayList<>();
    private final Map<Integer, ByteArrayOutputStream> rows = new HashMap<>();
    private RightEdge edge = RightEdge.EMPTY;

    /** Answers in the place of the right ones, by path under {@code /ledger/}. */
    final Map<String, byte[]> lies = new HashMap<>();

    /** Who answers in the place of the log, by path under {@code /ledger/}. */
    final Map<String, HttpHandler> hostile = new ConcurrentHashMap<>();

    /** Who answers for the public record, by path. */
    final Map<String, HttpHandler> records = new ConcurrentHashMap<>();

    /** How often each of these was asked. */
    final Map<String, Integer> asked = new ConcurrentHashMap<>();

    ServedLog() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    asked.merge(path, 1, Integer::sum);
                    HttpHandler record = records.get(path);
                    if (record != null) {
                        record.handle(exchange);
                    } else {
                        exchange.sendResponseHeaders(404, -1);
                    }
                    exchange.close();
                });
        server.createContext(
                "/ledger/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath().substring("/ledger/".length());
                    HttpHandler other = hostile.get(path);
                    byte[] answer = lies.containsKey(path) ? lies.get(path) : answer(path);
                    if (other != null) {
                        other.handle(exchange);
                    } else if (answer == null) {
                        exchange.sendResponseHeaders(404, -1);
                    } else {
                        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                    exchange.close();
                });
        server.start();
    }

    /** Answers with this document. */
    static HttpHandler json(Object document) {
        return exchange -> {
            byte[] bytes = document.toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** An event of a stream, in canonical form. */
    static String event(String stream, long sequence) {
        return String.format(
                "{\"data\":{},\"id\":\"%s@%d\",\"sequence\":\"%012d\",\"subject\":\"%s\",\"type\":\"org.ashar.tests.told.v1\"}",
                stream, sequence, sequence, stream);
    }

    void append(String entry) {
        byte[] bytes = entry.getBytes(UTF_8);
        entries.add(bytes);
        edge =
                edge.append(
                        Hash.leaf(bytes),
                        (level, _, root) -> {
                            if (level % Tile.HEIGHT == 0) {
                                rows.computeIfAbsent(
                                                level / Tile.HEIGHT,
                                                _ -> new ByteArrayOutputStream())
                                        .writeBytes(root.bytes());
                            }
                        });
    }

    /** So many events, of three streams in turn. */
    void appendMany(int count) {
        for (int i = 0; i < count; i++) {
            int at = entries.size();
            append(event("thing/" + at % 3, at / 3 + 1));
        }
    }

    long size() {
        return edge.size();
    }

    String root() {
        return edge.root().base64();
    }

    byte[] checkpoint() {
        String text = new Checkpoint(SIGNER.key().name(), edge.size(), edge.root()).text();
        return new SignedNote(text, List.of(SIGNER.sign(text, 0))).written().getBytes(UTF_8);
    }

    byte @Nullable [] answer(String path) {
        return switch (path) {
            case "key" -> (SIGNER.key().vkey() + "\n").getBytes(UTF_8);
            case "checkpoint", "checkpoint.latest" -> checkpoint();
            default ->
                    Tile.parse(path) instanceof Checked.Valid<Tile>(Tile tile)
                                    && tile.isWithin(edge.size())
                            ? tile(tile)
                            : null;
        };
    }

    private byte[] tile(Tile tile) {
        int from = Math.toIntExact(tile.index() * Tile.FULL);
        if (tile.level() == Tile.ENTRIES) {
            return EntryBundle.of(entries.subList(from, from + tile.width()));
        }
        byte[] row = Objects.requireNonNull(rows.get(tile.level())).toByteArray();
        return Arrays.copyOfRange(row, from * Hash.SIZE, (from + tile.width()) * Hash.SIZE);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
