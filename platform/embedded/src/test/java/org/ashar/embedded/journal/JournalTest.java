package org.ashar.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir Path folder;
    private final Troubles troubles = new Troubles();

    private static byte[] record(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> replay(Path directory, JournalMark mark) throws IOException {
        List<String> records = new ArrayList<>();
        try (Journal journal =
                Journal.open(directory, mark, bytes -> records.add(text(bytes)), troubles)) {
            assertThat(journal.position()).isZero();
        }
        return records;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /** Each record in a frame of its own; returns where the frames end. */
    private List<Integer> write(Path directory, String... records) throws IOException {
        List<Integer> ends = new ArrayList<>();
        try (Journal journal = Journal.open(directory, JournalMark.START, _ -> {}, troubles)) {
            for (String record : records) {
                journal.awaitDurable(journal.append(record(record)), LIMIT);
                ends.add((int) Files.size(Segment.path(directory, 1)));
            }
        }
        return ends;
    }

    @Test
    void a_tail_torn_at_any_byte_is_cut_and_what_was_whole_is_kept() throws IOException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        String[] records = {"first", "second, longer", "third"};
        List<Integer> ends = write(whole, records);
        byte[] bytes = Files.readAllBytes(Segment.path(whole, 1));

        for (int length = 0; length <= bytes.length; length++) {
            Path torn = Files.createDirectory(folder.resolve("torn" + length));
            Files.write(Segment.path(torn, 1), Arrays.copyOf(bytes, length));
            int kept = length;
            long expected = ends.stream().filter(end -> end <= kept).count();

            assertThat(replay(torn, JournalMark.START))
                    .as("cut at %d", length)
                    .isEqualTo(List.of(records).subList(0, (int) expected));
            try (Journal journal = Journal.open(torn, JournalMark.START, _ -> {}, troubles)) {
                journal.awaitDurable(journal.append(record("after")), LIMIT);
            }
            assertThat(replay(torn, JournalMark.START))
                    .as("written on after a cut at %d", length)
                    .hasSize((int) expected + 1)
                    .endsWith("after");
        }
    }

    @Test
    void a_byte_changed_before_the_last_frame_stops_the_start() throws IOException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        List<Integer> ends = write(whole, "first", "second", "third");
        byte[] bytes = Files.readAllBytes(Segment.path(whole, 1));

        for (int at = 0; at < ends.get(1); at++) {
            Path changed = Files.createDirectory(folder.resolve("changed" + at));
            byte[] copy = bytes.clone();
            copy[at] ^= 0x10;
            Files.write(Segment.path(changed, 1), copy);

            assertThatThrownBy(() -> replay(changed, JournalMark.START))
                    .as("byte %d", at)
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining(changed.toString());
            assertThat(Files.readAllBytes(Segment.path(changed, 1))).isEqualTo(copy);
        }
    }

    @Test
    void a_missing_or_reordered_segment_stops_the_start() throws IOException {
        JournalMark second;
        try (Journal journal = Journal.open(folder, JournalMark.START, _ -> {}, troubles)) {
            journal.append(record("one"));
            second = journal.rotate();
            journal.append(record("two"));
            journal.rotate();
            journal.awaitDurable(journal.append(record("three")), LIMIT);
        }
        assertThat(replay(folder, JournalMark.START)).containsExactly("one", "two", "three");

        Path middle = Segment.path(folder, 2);
        byte[] content = Files.readAllBytes(middle);
        Files.delete(middle);
        assertThatThrownBy(() -> replay(folder, JournalMark.START))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("missing");

        Files.write(middle, Files.readAllBytes(Segment.path(folder, 1)));
        assertThatThrownBy(() -> replay(folder, JournalMark.START))
                .isInstanceOf(DamagedStoreException.class);

        Files.write(middle, content);
        assertThat(replay(folder, second)).containsExactly("two", "three");
        assertThat(Segment.path(folder, 1)).doesNotExist();
    }

    @Test
    void a_torn_segment_with_another_behind_it_stops_the_start() throws IOException {
        try (Journal journal = Journal.open(folder, JournalMark.START, _ -> {}, troubles)) {
            journal.append(record("one"));
            journal.rotate();
            journal.awaitDurable(journal.append(record("two")), LIMIT);
        }
        Path first = Segment.path(folder, 1);
        Files.write(first, Arrays.copyOf(Files.readAllBytes(first), (int) Files.size(first) - 1));

        assertThatThrownBy(() -> replay(folder, JournalMark.START))
                .isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void the_newest_segment_is_missed() throws IOException {
        Path first = Segment.path(folder, 1);
        Path second = Segment.path(folder, 2);
        JournalMark end;
        try (Journal journal = Journal.open(folder, JournalMark.START, _ -> {}, troubles)) {
            journal.awaitDurable(journal.append(record("one")), LIMIT);
            JournalMark middle = journal.rotate();
            journal.awaitDurable(journal.append(record("two")), LIMIT);
            end = journal.rotate();

            byte[] content = Files.readAllBytes(second);
            Files.delete(second);
            for (JournalMark mark : List.of(JournalMark.START, middle)) {
                isMissed(second, mark);
            }
            assertThat(replay(folder, end)).as("needed no more").isEmpty();
            Files.write(second, Arrays.copyOf(content, 10));
            assertThatThrownBy(() -> replay(folder, middle))
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining(second.toString());
        }
        Files.delete(second);
        Files.deleteIfExists(first);
        isMissed(first, JournalMark.START);
    }

    private void isMissed(Path segment, JournalMark mark) {
        assertThatThrownBy(() -> replay(folder, mark))
                .as("from %s", mark)
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining(segment + " is missing");
    }

    @Test
    void a_segment_that_never_came_to_be_is_not_missed() throws IOException {
        write(folder, "one");
        for (int length = 0; length <= Segment.HEADER; length++) {
            byte[] header = Segment.header(2, 2).array();
            Files.write(Segment.path(folder, 2), Arrays.copyOf(header, length));

            assertThat(replay(folder, JournalMark.START)).as("%d", length).containsExactly("one");
        }
    }

    @Test
    void what_tells_the_newest_segment_is_checked_and_older_folders_have_none() throws IOException {
        write(folder, "one");
        Path newest = folder.resolve("journal-newest");
        byte[] content = Files.readAllBytes(newest);
        for (int at = 0; at < content.length; at++) {
            byte[] changed = content.clone();
            changed[at] ^= 0x10;
            Files.write(newest, changed);
            assertThatThrownBy(() -> replay(folder, JournalMark.START))
                    .as("byte %d", at)
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining(newest.toString());
        }
        Files.write(newest, new byte[0]);
        assertThatThrownBy(() -> replay(folder, JournalMark.START))
                .isInstanceOf(DamagedStoreException.class);

        Files.delete(newest);
        assertThat(replay(folder, JournalMark.START)).containsExactly("one");
    }

    @Test
    void records_that_wait_together_share_a_flush() throws Exception {
        int writers = 32;
        int each = 50;
        try (Journal journal = Journal.open(folder, JournalMark.START, _ -> {}, troubles)) {
            List<Thread> threads = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            for (int i = 0; i < each; i++) {
                                                journal.awaitDurable(
                                                        journal.append(record("r" + i)), LIMIT);
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
            }
            assertThat(journal.flushes()).isLessThan(writers * each / 2);
        }
        assertThat(replay(folder, JournalMark.START)).hasSize(writers * each);
    }

    @Test
    void records_nobody_waits_for_reach_the_disk_soon() throws Exception {
        try (Journal journal = Journal.open(folder, JournalMark.START, _ -> {}, troubles)) {
            journal.append(record("lazy"));
            org.awaitility.Awaitility.await().atMost(LIMIT).until(() -> journal.flushes() == 1);
        }
    }

    @Test
    void a_disk_that_refuses_stops_the_journal_for_good() throws Exception {
        try (Journal journal = Journal.open(folder, JournalMark.START, _ -> {}, troubles)) {
            journal.awaitDurable(journal.append(record("kept")), LIMIT);
            journal.rotate();
            Files.createDirectory(Segment.path(folder, 2));
            long position = journal.append(record("lost"));
            AtomicReference<@Nullable StoreStoppedException> told = new AtomicReference<>();
            CountDownLatch done = new CountDownLatch(1);
            journal.whenDurable(
                    position,
                    problem -> {
                        told.set(problem);
                        done.countDown();
                    });

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(told.get()).isNotNull();
            assertThat(troubles.met()).containsExactly(Trouble.STOPPED);
            assertThatThrownBy(() -> journal.append(record("later")))
                    .isInstanceOf(StoreStoppedException.class);
            journal.awaitDurable(position - 1, LIMIT);
            assertThatThrownBy(() -> journal.awaitDurable(position, LIMIT))
                    .isInstanceOf(StoreStoppedException.class);
        }
        Files.delete(Segment.path(folder, 2));
        assertThat(replay(folder, JournalMark.START)).containsExactly("kept");
    }

    @Test
    void a_closed_journal_takes_nothing() throws IOException {
        Journal journal = Journal.open(folder, JournalMark.START, _ -> {}, troubles);
        journal.append(record("last"));
        journal.close();

        assertThatThrownBy(() -> journal.append(record("late")))
                .isInstanceOf(StoreStoppedException.class);
        assertThat(replay(folder, JournalMark.START)).containsExactly("last");
    }

    @Test
    void a_number_nothing_was_written_under_is_no_lost_segment() throws IOException {
        write(folder, "before");
        try (Journal journal = Journal.open(folder, JournalMark.START, _ -> {}, troubles)) {
            journal.rotate();
            journal.awaitDurable(journal.append(record("after")), LIMIT);
        }
        assertThat(replay(folder, JournalMark.START)).containsExactly("before", "after");
    }

    @Test
    void one_who_cannot_be_told_keeps_nothing_from_the_others() throws Exception {
        try (Journal journal = Journal.open(folder, JournalMark.START, _ -> {}, troubles)) {
            long position = journal.append(record("one"));
            journal.whenDurable(
                    position,
                    _ -> {
                        throw new IllegalStateException("gone");
                    });
            journal.awaitDurable(position, LIMIT);
            journal.awaitDurable(journal.append(record("two")), LIMIT);
        }
        assertThat(replay(folder, JournalMark.START)).containsExactly("one", "two");
    }
}
