package org.ashar.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of written slices, and for how long. */
class RecentSlicesTest {

    private static final Things THINGS = new Things("makers");
    private static final SliceKind<Things.Thing> KIND = new SliceKind<>(THINGS.slices());
    private static final StreamId CUP = Things.thing(1);

    private static TestStore store;

    private RecentSlices recent;

    @BeforeAll
    static void open(@TempDir Path folder) {
        store = new TestStore(folder);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @BeforeEach
    void empty() {
        Clock clock = Clock.fixed(Things.NOON, ZoneOffset.UTC);
        recent =
                new RecentSlices(
                        new GenerationStore(store.database(), THINGS.view("shelf"), 1, clock),
                        10_000);
    }

    @Test
    void a_written_slice_is_remembered_as_the_store_has_it() {
        StreamFolding<Things.Thing> folding = folding(CUP, THINGS.made(CUP, 1, "cup"));
        recent.written(List.of(folding));
        assertThat(recent.remembered(KIND, List.of(CUP, Things.thing(2)))).containsOnlyKeys(CUP);
        assertThat(recent.remembered(KIND, List.of(CUP)))
                .extractingByKey(CUP)
                .satisfies(
                        slice -> {
                            assertThat(slice.stored()).isTrue();
                            assertThat(slice.sequence()).isEqualTo(1);
                            assertThat(slice.body()).isEqualTo(folding.after().body());
                        });
    }

    @Test
    void one_that_lacks_something_is_read_each_time() {
        recent.written(List.of(folding(CUP, THINGS.made(CUP, 1, "cup"))));
        recent.written(List.of(folding(CUP, THINGS.marked(CUP, 3, 5))));
        assertThat(recent.remembered(KIND, List.of(CUP))).isEmpty();
    }

    @Test
    void what_is_forgotten_or_never_was_known_is_asked_of_the_store() {
        StreamFolding<Things.Thing> cup = folding(CUP, THINGS.made(CUP, 1, "cup"));
        StreamId jug = Things.thing(2);
        recent.written(List.of(cup, folding(jug, THINGS.made(jug, 1, "jug"))));
        recent.forget(CUP);
        assertThat(recent.slices(KIND, List.of(CUP, jug, Things.thing(3))))
                .hasSize(3)
                .containsEntry(CUP, StoredSlice.none(CUP))
                .hasEntrySatisfying(jug, slice -> assertThat(slice.sequence()).isEqualTo(1));
        recent.forgetAll();
        assertThat(recent.remembered(KIND, List.of(jug))).isEmpty();
    }

    @Test
    void the_longest_unused_go_where_all_take_too_much() {
        List<StreamId> streams = IntStream.range(1, 30).mapToObj(Things::thing).toList();
        for (StreamId stream : streams) {
            recent.written(List.of(folding(stream, THINGS.made(stream, 1, "thing"))));
            assertThat(recent.remembered(KIND, List.of(CUP))).containsKey(CUP);
        }
        assertThat(recent.remembered(KIND, streams))
                .hasSizeBetween(5, 10)
                .containsKeys(CUP, streams.getLast())
                .doesNotContainKey(Things.thing(2));
    }

    private static StreamFolding<Things.Thing> folding(StreamId stream, PublishedEvent event) {
        return StreamFolding.of(
                KIND,
                StoredSlice.none(stream),
                List.of(new Incoming(THINGS.record(event, 0), event, KIND)));
    }
}
