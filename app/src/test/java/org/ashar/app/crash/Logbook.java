package org.ashar.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.canonical.CanonicalJson;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.EntryBundle;
import org.ashar.tlog.Hash;
import org.ashar.tlog.LogProof;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.RightEdge;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.Tile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers checkpoints and receipts that the ledger gave, and holds the whole log against them.
 */
final class Logbook {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECEIPTS = 100;

    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private final Queue<JsonNode> receipts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    /** Ends what it was made by. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Asks again and again until it is closed; a process that is killed meanwhile is no fault. */
    Watch watch(Door door) {
        Thread thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    while (!Thread.currentThread().isInterrupted()) {
                                        look(door);
                                        LockSupport.parkNanos(50_000_000);
                                    }
                                });
        return () -> {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private void look(Door door) {
        try {
            served.add(new String(door.bytes("/ledger/checkpoint.latest"), UTF_8));
            JsonNode newest = door.read("/api/ledger/entries?limit=1").path("items").path(0);
            receipts.add(door.read("/api/ledger/events/" + id(newest.path("entry").asString())));
        } catch (IOException e) {
            unanswered.incrementAndGet(); // it is being killed or started
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each published event is in the log once, and no checkpoint ever said anything else. */
    void judge(Door door, List<PublishedEvent> published) throws IOException, InterruptedException {
        NoteKey key = NoteKey.parse(new String(door.bytes("/ledger/key"), UTF_8).strip()).orThrow();
        await("the ledger")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> newest(door, key).size() >= published.size());
        Checkpoint newest = newest(door, key);
        Map<String, Long> indexes = new HashMap<>();
        Map<String, byte[]> leaves = new HashMap<>();
        List<Hash> roots = read(door, newest.size(), indexes, leaves);
        assertThat(newest.size()).as("entries").isEqualTo(published.size());
        assertThat(indexes).as("events, each once").hasSize(published.size());
        for (PublishedEvent event : published) {
            assertThat(indexes).containsKey(event.id());
            JsonNode leaf = JsonMapper.shared().readTree(leaves.get(event.id()));
            assertThat(leaf.path("type").asString()).isEqualTo(event.type());
            assertThat(leaf.path("data")).isEqualTo(JsonMapper.shared().readTree(event.data()));
            if (event.sequence() > 1) {
                assertThat(indexes.get(event.id()))
                        .isGreaterThan(
                                indexes.get(
                                        PublishedEvent.idOf(
                                                event.subject(), event.sequence() - 1)));
            }
        }
        assertThat(served).as("checkpoints seen").hasSizeGreaterThan(10);
        assertThat(receipts).as("receipts kept").hasSizeGreaterThan(10);
        for (JsonNode receipt : receipts) {
            String event = receipt.path("event").asString();
            LogProof proof =
                    LogProof.parse(receipt.path("receipt").asString().getBytes(UTF_8)).orThrow();
            assertThat(proof.index()).isEqualTo(indexes.get(event));
            assertThat(proof.proves(Objects.requireNonNull(leaves.get(event)), List.of(key)))
                    .isTrue();
            served.add(proof.checkpoint().written()); // it is held against the log below
        }
        for (String note : served) {
            Checkpoint checkpoint = checkpoint(note, key);
            assertThat(checkpoint.root()).isEqualTo(roots.get((int) checkpoint.size()));
        }
        System.out.println(
                "crash test: %d entries, %d checkpoints and %d receipts seen, asked in vain %d times"
                        .formatted(
                                newest.size(), served.size(), receipts.size(), unanswered.get()));
        List<PublishedEvent> some = new ArrayList<>(published);
        Collections.shuffle(some);
        for (PublishedEvent event : some.subList(0, Math.min(RECEIPTS, some.size()))) {
            assertThat(door.read("/api/ledger/events/" + event.id()).path("index").asLong())
                    .isEqualTo(indexes.get(event.id()));
        }
    }

    private static List<Hash> read(
            Door door, long size, Map<String, Long> indexes, Map<String, byte[]> leaves)
            throws IOException, InterruptedException {
        RightEdge edge = RightEdge.EMPTY;
        List<Hash> roots = new ArrayList<>(List.of(edge.root()));
        for (long tile = 0; tile * Tile.FULL < size; tile++) {
            int width = Tile.widthAt(0, tile, size);
            byte[] bundle = door.bytes("/ledger/" + new Tile(Tile.ENTRIES, tile, width).path());
            for (byte[] leaf : EntryBundle.parse(bundle, width).orThrow()) {
                assertThat(CanonicalJson.of(leaf).orThrow()).isEqualTo(leaf);
                String id = id(new String(leaf, UTF_8));
                assertThat(indexes.put(id, edge.size())).as("twice in the log: %s", id).isNull();
                leaves.put(id, leaf);
                edge = edge.append(Hash.leaf(leaf), (_, _, _) -> {});
                roots.add(edge.root());
            }
        }
        return roots;
    }

    private static String id(String leaf) {
        return JsonMapper.shared().readTree(leaf).path("id").asString();
    }

    private static Checkpoint newest(Door door, NoteKey key)
            throws IOException, InterruptedException {
        return checkpoint(new String(door.bytes("/ledger/checkpoint.latest"), UTF_8), key);
    }

    private static Checkpoint checkpoint(String note, NoteKey key) {
        SignedNote signed = SignedNote.parse(note.getBytes(UTF_8)).orThrow();
        signed.verify(List.of(key)).orThrow();
        return Checkpoint.parse(signed.text()).orThrow();
    }
}
