package org.ashar.embedded.sorted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ashar.embedded.journal.DamagedStoreException;
import org.ashar.embedded.journal.StoreStoppedException;
import org.ashar.embedded.journal.Trouble;
import org.ashar.embedded.journal.Troubles;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SortedStoreTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final SortedStoreOptions TINY = new SortedStoreOptions(4 << 10, 64 << 10, true);

    @TempDir Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SortedStore open(Path directory) throws IOException {
        return SortedStore.open(directory, TINY, _ -> false);
    }

    /** Random changes, with files written, merged and reopened all the while, against a map. */
    @Test
    void behaves_like_a_sorted_map() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("SortedStoreTest seed " + seed);
        Random random = new Random(seed);
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        SortedStore store = open(folder);
        try {
            for (int step = 0; step < 20_000; step++) {
                switch (random.nextInt(200)) {
                    case 0 -> {
                        store.close();
                        store = open(folder);
                    }
                    case 1 -> assertThat(contents(store, null, null)).isEqualTo(text(model));
                    case 2, 3, 4 -> {
                        byte[] from = key(random);
                        byte[] to = key(random);
                        if (Arrays.compareUnsigned(from, to) <= 0) {
                            assertThat(contents(store, from, to))
                                    .isEqualTo(text(model.subMap(from, true, to, false)));
                        }
                    }
                    case 5, 6, 7, 8 -> {
                        byte[] key = key(random);
                        assertThat(store.get(key)).isEqualTo(model.get(key));
                    }
                    case 9 -> store.reclaim();
                    default -> change(random, store, model);
                }
            }
            assertThat(contents(store, null, null)).isEqualTo(text(model));
        } finally {
            store.close();
        }
        try (SortedStore again = open(folder)) {
            assertThat(contents(again, null, null)).isEqualTo(text(model));
        }
    }

    private static void change(
            Random random, SortedStore store, NavigableMap<byte[], byte[]> model) {
        WriteBatch batch = new WriteBatch();
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] key = key(random);
            if (random.nextInt(3) == 0) {
                batch.remove(key);
                model.remove(key);
            } else {
                byte[] value = new byte[1 + random.nextInt(60)];
                random.nextBytes(value);
                batch.put(key, value);
                model.put(key, value);
            }
        }
        store.apply(batch);
    }

    private static byte[] key(Random random) {
        byte[] key = new byte[random.nextInt(4)];
        random.nextBytes(key);
        for (int i = 0; i < key.length; i++) {
            key[i] &= (byte) 0x8f;
        }
        return key;
    }

    private static List<String> contents(
            SortedStore store, byte @Nullable [] from, byte @Nullable [] to) {
        List<String> found = new ArrayList<>();
        try (Snapshot snapshot = store.snapshot()) {
            Entries entries = snapshot.scan(from == null ? new byte[0] : from, to);
            while (entries.next()) {
                found.add(Arrays.toString(entries.key()) + Arrays.toString(entries.value()));
            }
        }
        return found;
    }

    private static List<String> text(Map<byte[], byte[]> map) {
        return map.entrySet().stream()
                .map(entry -> Arrays.toString(entry.getKey()) + Arrays.toString(entry.getValue()))
                .toList();
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }

    @Test
    void what_is_in_journal_and_files_is_there_after_the_process_is_gone() throws IOException {
        Path gone = folder.resolve("gone");
        Path running = folder.resolve("running");
        try (SortedStore store = open(running)) {
            for (int i = 0; i < 500; i++) {
                store.apply(new WriteBatch().put(bytes("k" + i), bytes("value " + i)));
            }
            settle(store);
            store.journal().awaitDurable(store.journal().position(), LIMIT);
            copy(running, gone);
        }
        try (SortedStore again = open(gone)) {
            for (int i = 0; i < 500; i++) {
                assertThat(again.get(bytes("k" + i))).isEqualTo(bytes("value " + i));
            }
        }
    }

    private static void settle(SortedStore store) {
        Awaitility.await().atMost(LIMIT).until(() -> store.state().frozen() == null);
        Awaitility.await().atMost(LIMIT).until(() -> store.state().tables().size() < 4);
    }

    @Test
    void closing_leaves_no_journal_and_space_is_given_back() throws IOException {
        try (SortedStore store = open(folder)) {
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < 100; i++) {
                    store.apply(
                            new WriteBatch().put(bytes("k" + i), new byte[] {1, 2, (byte) round}));
                }
            }
            for (int i = 0; i < 100; i++) {
                store.apply(new WriteBatch().remove(bytes("k" + i)));
            }
        }
        assertThat(names()).noneMatch(name -> name.startsWith("journal-0"));
        try (SortedStore store = open(folder)) {
            store.reclaim();
            Awaitility.await().atMost(LIMIT).until(() -> store.fileBytes() < 200);
            assertThat(contents(store, null, null)).isEmpty();
        }
        assertThat(names().stream().filter(name -> name.startsWith("table"))).hasSize(1);
    }

    /** To give space back, all files are read and written: not beside writers who are busy. */
    @Test
    void space_is_given_back_when_writers_are_quiet() throws IOException {
        fillWithDropped();
        try (SortedStore store = openDropping()) {
            long before = store.fileBytes();
            byte[] much = new byte[20 << 10];
            for (int round = 0; round < 20; round++) {
                if (round == 5) {
                    store.reclaim();
                }
                store.apply(new WriteBatch().put(bytes("y" + round % 2), much));
                LockSupport.parkNanos(100_000_000);
                assertThat(store.fileBytes()).isGreaterThanOrEqualTo(before);
            }
            Awaitility.await().atMost(LIMIT).until(() -> store.fileBytes() < before);
            assertThat(store.get(bytes("x7"))).isNull();
            assertThat(store.get(bytes("y1"))).hasSize(20 << 10);
        }
    }

    @Test
    void space_that_was_not_given_back_before_the_end_is_given_back_after_the_start()
            throws IOException {
        fillWithDropped();
        try (SortedStore store = openDropping()) {
            long before = store.fileBytes();
            store.reclaimLeftovers();
            Awaitility.await().atMost(LIMIT).until(() -> store.fileBytes() < before / 2);
            assertThat(store.get(bytes("kept"))).isEqualTo(bytes("so"));
        }
    }

    /** One file, too large to be merged with what is written behind it. */
    private void fillWithDropped() throws IOException {
        SortedStoreOptions large = new SortedStoreOptions(4 << 20, 64 << 10, true);
        try (SortedStore store = SortedStore.open(folder, large, _ -> false)) {
            for (int i = 0; i < 20_000; i++) {
                store.apply(new WriteBatch().put(bytes("x" + i), bytes("value " + i)));
            }
            store.apply(new WriteBatch().put(bytes("kept"), bytes("so")));
        }
    }

    private SortedStore openDropping() throws IOException {
        return SortedStore.open(folder, TINY, key -> key[0] == 'x');
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void a_changed_byte_in_any_file_is_noticed() throws IOException {
        Path clean = folder.resolve("clean");
        try (SortedStore store = open(clean)) {
            for (int i = 0; i < 60; i++) {
                store.apply(new WriteBatch().put(bytes("key" + i), bytes("value" + i)));
            }
        }
        for (String file : List.of("manifest", table(clean))) {
            int size = (int) Files.size(clean.resolve(file));
            for (int at = 0; at < size; at++) {
                Path changed = folder.resolve("changed");
                copy(clean, changed);
                byte[] content = Files.readAllBytes(changed.resolve(file));
                content[at] ^= 0x20;
                Files.write(changed.resolve(file), content);

                assertThatThrownBy(() -> readAll(changed))
                        .as("%s byte %d", file, at)
                        .hasRootCauseInstanceOf(DamagedStoreException.class);
                delete(changed);
            }
        }
    }

    private static void readAll(Path directory) throws Exception {
        try (SortedStore store = open(directory)) {
            contents(store, null, null);
        } catch (DamagedStoreException e) {
            throw new IOException("damaged", e);
        }
    }

    private static String table(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("table"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Test
    void dropped_keys_go_with_the_next_merge() throws IOException {
        boolean[] drop = {false};
        SortedStoreOptions options = new SortedStoreOptions(1 << 20, 1 << 20, true);
        try (SortedStore store =
                SortedStore.open(folder, options, key -> drop[0] && key[0] == 'x')) {
            for (int i = 0; i < 50; i++) {
                store.apply(new WriteBatch().put(bytes("x" + i), bytes("v")));
            }
            store.apply(new WriteBatch().put(bytes("y"), bytes("v")));
            drop[0] = true;
        }
        try (SortedStore store = open(folder)) {
            assertThat(contents(store, null, null)).hasSize(1);
        }
    }

    @Test
    void when_memory_cannot_be_written_the_store_takes_no_more() throws IOException {
        SortedStore store = open(folder);
        Files.createDirectory(folder.resolve("table-000000000001.dat"));

        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 5_000; i++) {
                                store.apply(new WriteBatch().put(bytes("k" + i), new byte[] {1}));
                            }
                        })
                .isInstanceOf(StoreStoppedException.class);
        assertThat(store.troubles().met()).containsExactly(Trouble.STOPPED);
        store.close();
    }

    @Test
    void damage_met_by_a_merge_is_told_and_the_store_goes_on() throws IOException {
        try (SortedStore store = open(folder)) {
            for (int i = 0; i < 100; i++) {
                store.apply(new WriteBatch().put(bytes("old" + i), bytes("value" + i)));
            }
        }
        Path damaged = folder.resolve(table(folder));
        byte[] content = Files.readAllBytes(damaged);
        content[0] ^= 0x10;
        Files.write(damaged, content);

        try (SortedStore store = open(folder)) {
            int[] written = {0};
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(
                            () -> {
                                store.apply(
                                        new WriteBatch()
                                                .put(bytes("new" + written[0]++), new byte[400]));
                                return store.troubles().met().contains(Trouble.DAMAGED);
                            });
            store.apply(new WriteBatch().put(bytes("new"), bytes("after")));
            assertThat(store.get(bytes("new"))).isEqualTo(bytes("after"));
            assertThat(store.troubles().met()).containsExactly(Trouble.DAMAGED);
        }
        try (SortedStore store = open(folder)) {
            assertThat(store.get(bytes("new"))).isEqualTo(bytes("after"));
            assertThat(damaged).exists();
        }
    }

    @Test
    void a_file_half_written_when_memory_ran_out_is_deleted() throws IOException {
        TableFiles files =
                new TableFiles(
                        folder,
                        TINY,
                        1,
                        _ -> {
                            throw new OutOfMemoryError("as if");
                        },
                        new Troubles());
        Memtable memtable = new Memtable();
        memtable.put(bytes("k"), bytes("v"));

        assertThatThrownBy(() -> files.write(memtable, List.of()))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void a_lost_manifest_stops_the_start_and_nothing_is_deleted() throws IOException {
        try (SortedStore store = open(folder)) {
            store.apply(new WriteBatch().put(bytes("k"), bytes("v")));
        }
        List<String> tables = names().stream().filter(name -> name.startsWith("table")).toList();
        Files.delete(folder.resolve("manifest"));

        assertThatThrownBy(() -> open(folder)).isInstanceOf(DamagedStoreException.class);
        assertThat(tables).isNotEmpty();
        assertThat(names()).containsAll(tables);
    }

    @Test
    void a_closed_store_answers_nothing() throws IOException {
        SortedStore store = open(folder);
        store.apply(new WriteBatch().put(bytes("k"), bytes("v")));
        store.close();

        assertTimeoutPreemptively(
                LIMIT,
                () ->
                        assertThatThrownBy(() -> store.get(bytes("other")))
                                .isInstanceOf(StoreStoppedException.class));
    }

    @Test
    void what_came_and_went_before_it_was_written_takes_no_room() throws IOException {
        SortedStoreOptions options = new SortedStoreOptions(1 << 20, 1 << 20, true);
        try (SortedStore store = SortedStore.open(folder, options, _ -> false)) {
            store.apply(new WriteBatch().put(bytes("old"), bytes("v")));
        }
        try (SortedStore store = SortedStore.open(folder, options, _ -> false)) {
            for (int i = 0; i < 100; i++) {
                store.apply(new WriteBatch().put(bytes("k" + i), bytes("v")));
                store.apply(new WriteBatch().remove(bytes("k" + i)));
            }
            store.apply(new WriteBatch().remove(bytes("old")));
        }
        try (SortedStore store = SortedStore.open(folder, options, _ -> false)) {
            assertThat(store.state().tables().getFirst().entries()).isOne();
            assertThat(contents(store, null, null)).isEmpty();
        }
    }

    @Test
    void closing_does_not_wait_for_a_long_merge() throws Exception {
        CountDownLatch merging = new CountDownLatch(1);
        SortedStore store =
                SortedStore.open(
                        folder,
                        new SortedStoreOptions(1 << 20, 1 << 20, true),
                        _ -> {
                            if (Thread.currentThread().getName().equals("store-merge")) {
                                merging.countDown();
                                LockSupport.parkNanos(1_000_000);
                            }
                            return false;
                        });
        for (int i = 0; i < 80_000; i++) {
            store.apply(new WriteBatch().put(bytes("k" + i), new byte[] {1, 2, 3}));
        }
        Awaitility.await().atMost(LIMIT).until(() -> !store.state().tables().isEmpty());
        store.reclaim();
        assertThat(merging.await(30, TimeUnit.SECONDS)).isTrue();

        assertTimeoutPreemptively(LIMIT, store::close);
        try (SortedStore again = open(folder)) {
            assertThat(contents(again, null, null)).hasSize(80_000);
        }
    }
}
