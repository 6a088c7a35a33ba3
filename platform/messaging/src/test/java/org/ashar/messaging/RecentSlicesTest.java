package org.ashar.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.StreamId;
import org.junit.jupiter.api.Test;

/** What is remembered of written slices, and for how long. */
class RecentSlicesTest {

    private static final Things THINGS = new Things("makers");
    private static final SliceKind<Things.Thing> KIND = new SliceKind<>(THINGS.slices());
    private static final StreamId CUP = Things.thing(1);

    private final RecentSlices recent = new RecentSlices(10_000);

    @Test
    void a_written_slice_is_remembered_as_the_store_has_it() {
        StreamFolding<Things.Thing> folding = folding(CUP, THINGS.made(CUP, 1, "cup"));
        recent.written(List.of(folding));
        assertThat(recent.of(KIND, List.of(CUP, Things.thing(2)))).containsOnlyKeys(CUP);
        assertThat(recent.of(KIND, List.of(CUP)))
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
        assertThat(recent.of(KIND, List.of(CUP))).isEmpty();
    }

    @Test
    void a_doubted_one_is_forgotten() {
        StreamFolding<Things.Thing> folding = folding(CUP, THINGS.made(CUP, 1, "cup"));
        recent.written(List.of(folding));
        recent.doubted(List.of(folding));
        assertThat(recent.of(KIND, List.of(CUP))).isEmpty();
    }

    @Test
    void the_longest_unused_go_where_all_take_too_much() {
        List<StreamId> streams = IntStream.range(1, 30).mapToObj(Things::thing).toList();
        for (StreamId stream : streams) {
            recent.written(List.of(folding(stream, THINGS.made(stream, 1, "thing"))));
            assertThat(recent.of(KIND, List.of(CUP))).containsKey(CUP);
        }
        assertThat(recent.of(KIND, streams))
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
