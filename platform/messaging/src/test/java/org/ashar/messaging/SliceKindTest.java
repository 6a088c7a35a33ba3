package org.ashar.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.ashar.eventstore.PublishedEvent;
import org.ashar.messaging.SliceKind.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceKindTest {

    private static final Things THINGS = new Things("makers");
    private static final SliceKind<Things.Thing> KIND = new SliceKind<>(THINGS.slices());

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\uDE00", "\\ude00\\ud83d", "\u00ed\u00a0\u00bd"})
    void half_a_character_makes_an_event_unreadable(String half) {
        assertThat(KIND.read(named(half)))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        bad -> assertThat(bad.reason()).isEqualTo("event.unreadable"));
    }

    @Test
    void a_whole_character_is_read_however_it_is_written() {
        assertThat(KIND.read(named("\\ud83d\\ude00")))
                .isEqualTo(new Reading.Payload(new Things.Made("\ud83d\ude00")));
        assertThat(KIND.read(named("\u00ed\u0095\u009c")))
                .isEqualTo(new Reading.Payload(new Things.Made("\ud55c")));
    }

    /** An event whose data are the bytes that these characters stand for in Latin-1. */
    private static PublishedEvent named(String name) {
        PublishedEvent good = THINGS.made(Things.thing(1), 1, "cup");
        return new PublishedEvent(
                good.id(),
                good.source(),
                good.type(),
                good.subject(),
                good.sequence(),
                good.time(),
                null,
                null,
                ("{\"name\":\"" + name + "\"}").getBytes(ISO_8859_1));
    }
}
