package org.ashar.embedded;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL in the midst of writing: nothing acknowledged is lost, no index parts from its data. */
final class CrashIT {
    private static final int ROUNDS = Integer.getInteger("ashar.crash.rounds", 4);
    private static final long SMALL = 48 << 10;
    private static final long LARGE = 64 << 20;

    @TempDir Path folder;
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** What the killed process said. */
    private static final class Said {
        final Set<String> inserted = new HashSet<>();
        final Set<String> deleted = new HashSet<>();
        final Map<Integer, Long> counted = new TreeMap<>();

        void hear(String line) {
            String[] words = line.split(" ", -1);
            if (words.length != 3) {
                return;
            }
            String id = words[1] + "-" + words[2];
            switch (words[0]) {
                case "I" -> inserted.add(id);
                case "D" -> deleted.add(id);
                case "U" -> counted.put(Integer.valueOf(words[1]), Long.valueOf(words[2]));
                default -> {}
            }
        }
    }

    @Test
    void nothing_acknowledged_is_lost_in_any_round() throws Exception {
        System.out.println("CrashIT seed " + seed);
        Said said = new Said();
        for (int round = 0; round < ROUNDS; round++) {
            long memtable = round % 2 == 0 ? SMALL : LARGE;
            runAndKill(said, memtable, true, round * 1_000_000L);
            List<String> missing = check(said);
            assertThat(missing).as("seed %d round %d", seed, round).isEmpty();
        }
        assertThat(said.inserted).hasSizeGreaterThan(ROUNDS * 50);
    }

    @Test
    void without_its_journal_the_store_loses_what_it_acknowledged() throws Exception {
        Said said = new Said();
        runAndKill(said, LARGE, false, 0);

        assertThat(check(said)).isNotEmpty();
    }

    private void runAndKill(Said said, long memtable, boolean journal, long first)
            throws Exception {
        Process child =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashChild.class.getName(),
                                folder.toString(),
                                Long.toString(memtable),
                                Boolean.toString(journal),
                                Long.toString(first))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int target = 150 + random.nextInt(900);
        try (BufferedReader output = child.inputReader()) {
            int heard = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.hear(line);
                if (++heard == target) {
                    // not Process.destroyForcibly, which closes the pipe with what is still in it
                    child.toHandle().destroyForcibly();
                }
            }
            assertThat(heard)
                    .as("the child wrote until it was killed")
                    .isGreaterThanOrEqualTo(target);
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What was acknowledged and is not so; fails where an index parts from its documents. */
    private List<String> check(Said said) throws IOException {
        List<String> missing = new ArrayList<>();
        try (EmbeddedStore store = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> documents =
                    client.getDatabase("crash").getCollection("documents");
            Set<String> stored =
                    documents.find().map(d -> d.getString("_id")).into(new HashSet<>());
            for (String id : said.inserted) {
                if (!stored.contains(id) && !said.deleted.contains(id) && !mayBeGone(id, said)) {
                    missing.add("inserted " + id);
                }
            }
            said.deleted.stream()
                    .filter(stored::contains)
                    .map("deleted "::concat)
                    .forEach(missing::add);
            MongoCollection<Document> counters =
                    client.getDatabase("crash").getCollection("counters");
            said.counted.forEach(
                    (writer, n) -> {
                        Document counter = counters.find(eq("_id", writer)).first();
                        if (counter == null || counter.getLong("n") < n) {
                            missing.add("counted " + writer + " " + n);
                        }
                    });
            checkIndexes(documents, stored);
        }
        return missing;
    }

    /** A delete that was under way when the process died may have happened. */
    private static boolean mayBeGone(String id, Said said) {
        int dash = id.indexOf('-');
        long n = Long.parseLong(id.substring(dash + 1));
        String deleter = id.substring(0, dash + 1) + (n + CrashChild.KEPT);
        String next = id.substring(0, dash + 1) + (n + CrashChild.KEPT + 1);
        return said.inserted.contains(deleter) && !said.inserted.contains(next);
    }

    private static void checkIndexes(MongoCollection<Document> documents, Set<String> stored) {
        Set<String> byKey =
                documents.find(gte("key", "")).map(d -> d.getString("_id")).into(new HashSet<>());
        assertThat(byKey).isEqualTo(stored);
        List<String> byWriter = new ArrayList<>();
        for (int writer = 0; writer < CrashChild.WRITERS; writer++) {
            documents.find(eq("writer", writer)).map(d -> d.getString("_id")).into(byWriter);
        }
        assertThat(byWriter).doesNotHaveDuplicates().hasSameElementsAs(stored);
        for (Document document : documents.find().limit(200)) {
            assertThat(documents.find(eq("key", document.getString("key"))))
                    .singleElement()
                    .isEqualTo(document);
        }
    }
}
