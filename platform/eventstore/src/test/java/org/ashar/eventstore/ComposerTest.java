package org.ashar.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ashar.eventstore.Fixture.TIME;
import static org.ashar.eventstore.Fixture.meta;
import static org.ashar.eventstore.Fixture.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ashar.eventstore.Composer.Composed;
import org.ashar.eventstore.Composer.Ready;
import org.ashar.eventstore.Composer.Unfit;
import org.ashar.eventstore.Tally.Event;
import org.ashar.eventstore.Tally.State;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Refusal;
import org.junit.jupiter.api.Test;

class ComposerTest {

    private final Composer<State, Event> composer = new Composer<>(Tally.type(1), "osh", "tallies");

    @Test
    void a_draft_publishes_nothing_and_publishing_says_it_all() {
        Ready<State> drafted = ready(compose(nothing(), new Event.Opened("Ж"), new Event.Added(5)));
        assertThat(drafted.commit().published()).isEmpty();
        assertThat(drafted.commit().to()).isEqualTo(2);
        assertThat(drafted.commit().publishedTo()).isZero();

        Ready<State> published = ready(compose(drafted.after(), new Event.Published()));
        assertThat(published.commit().from()).isEqualTo(3);
        assertThat(published.commit().id()).isEqualTo(stream("a") + "@3");
        PublishedEvent event = published.commit().published().getFirst();
        assertThat(event.type()).isEqualTo("org.ashar.tallies.tally-published.v1");
        assertThat(event.id()).isEqualTo(stream("a") + "@1");
        assertThat(new String(event.data(), UTF_8)).isEqualTo("{\"note\":\"Ж\",\"sum\":5}");
        assertThat(event.time()).isEqualTo(TIME);
    }

    @Test
    void each_published_event_tells_the_state_just_after_it() {
        State live = new State.Live("n", 0);
        Ready<State> raised =
                ready(
                        compose(
                                new Folded<>(4, 2, live, 4, 1),
                                new Event.Added(1),
                                new Event.Added(2)));
        assertThat(raised.commit().published())
                .extracting(event -> new String(event.data(), UTF_8))
                .containsExactly("{\"amount\":1,\"sum\":1}", "{\"amount\":2,\"sum\":3}");
        assertThat(raised.commit().published())
                .extracting(PublishedEvent::sequence)
                .containsExactly(3L, 4L);
        assertThat(raised.commit().publishedTo()).isEqualTo(4);
    }

    @Test
    void a_draft_that_could_not_be_published_is_refused_with_the_bytes_left() {
        State draft = new State.Draft("x".repeat(48_000), 0);
        Refusal refusal =
                refusal(
                        compose(
                                new Folded<>(1, 0, draft, 1, 1),
                                new Event.Written("x".repeat(50_000))));
        int rest = "{\"note\":\"\",\"sum\":0}".length();
        assertThat(refusal.code()).isEqualTo("event.too-large");
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
        assertThat(refusal.arguments())
                .isEqualTo(
                        Map.of(
                                "limit", "49152",
                                "over", Integer.toString(50_000 + rest - 49_152),
                                "left", Integer.toString(49_152 - 48_000 - rest)));
    }

    @Test
    void the_last_byte_that_fits_is_taken() {
        int rest = "{\"note\":\"\",\"sum\":0}".length();
        assertThat(compose(nothing(), new Event.Opened("x".repeat(49_152 - rest))))
                .isInstanceOf(Ready.class);
        assertThat(compose(nothing(), new Event.Opened("x".repeat(49_153 - rest))))
                .isInstanceOf(Unfit.class);
    }

    @Test
    void what_canonical_json_cannot_express_is_refused() {
        State live = new State.Live("n", 0);
        Refusal tooBig =
                refusal(compose(new Folded<>(1, 1, live, 1, 1), new Event.Added(1L << 53)));
        assertThat(tooBig.code()).isEqualTo("event.not-expressible");
        assertThat(tooBig.arguments()).containsEntry("reason", "json.integer-out-of-range");

        Refusal surrogate = refusal(compose(nothing(), new Event.Opened("\uD800")));
        assertThat(surrogate.arguments()).containsEntry("reason", "json.lone-surrogate");
    }

    @Test
    void a_commit_without_end_is_refused() {
        List<Event> many = Collections.nCopies(201, new Event.Added(1));
        Refusal refusal =
                refusal(
                        composer.compose(
                                stream("a"),
                                new Folded<>(1, 0, new State.Draft("", 0), 1, 1),
                                meta("k"),
                                many));
        assertThat(refusal.code()).isEqualTo("commit.too-large");
    }

    @Test
    void only_a_well_formed_trace_travels() {
        assertThat(traced("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(traced("x".repeat(5_000))).isNull();
    }

    @SuppressWarnings("NullAway")
    private String traced(String traceparent) {
        CommandMeta meta =
                new CommandMeta(
                        "c",
                        "f",
                        new Actor("a", "officer", "o"),
                        TIME,
                        TIME.plusSeconds(1),
                        traceparent);
        return ready(composer.compose(stream("a"), nothing(), meta, List.of(new Event.Opened("n"))))
                .commit()
                .traceparent();
    }

    private Composed<State> compose(Folded<State> before, Event... events) {
        return composer.compose(stream("a"), before, meta("k"), List.of(events));
    }

    private static Folded<State> nothing() {
        return new Folded<>(0, 0, new State.Nothing(), 0, 1);
    }

    private static Ready<State> ready(Composed<State> composed) {
        return (Ready<State>) composed;
    }

    private static Refusal refusal(Composed<State> composed) {
        return ((Unfit<State>) composed).refusal();
    }
}
