package org.ashar.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Date;
import java.util.Random;
import org.ashar.kernel.Checked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors come back from strangers. */
class CursorTest {

    @Test
    void reads_what_it_wrote() {
        for (Object value : new Object[] {"Ош", 5L, 1L << 40, 0.5, true, Date.from(Things.NOON)}) {
            assertRead(value);
        }
        assertRead(null);
    }

    private static void assertRead(@Nullable Object value) {
        Cursor read = Cursor.parse(new Cursor(value, "thing/1").toString()).orThrow();
        assertThat(read.value()).isEqualTo(value);
        assertThat(read.key()).isEqualTo("thing/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "thing/1",
                "\nthing/1",
                "sno key",
                "sno key\n",
                "xof no kind\nthing/1",
                "l\nthing/1",
                "l5x\nthing/1",
                "l99999999999999999999\nthing/1",
                "dx\nthing/1",
                "t2025-03-01\nthing/1",
                "{\"v\":5,\"k\":\"thing/1\"}"
            })
    void whatever_else_is_malformed(String text) {
        assertMalformed(encoded(text.getBytes(UTF_8)));
        assertMalformed(text);
    }

    @Test
    void what_is_too_long_is_malformed() {
        assertMalformed(encoded(("s" + "x".repeat(1_600) + "\nthing/1").getBytes(UTF_8)));
    }

    @Test
    void a_damaged_cursor_is_malformed_or_another_cursor_but_no_failure() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int malformed = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = "l5\nthing/1".getBytes(UTF_8);
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            Checked<Cursor> read = Cursor.parse(encoded(damaged));
            malformed += read instanceof Checked.Invalid<Cursor> ? 1 : 0;
        }
        assertThat(malformed).as("seed " + seed).isBetween(1, 1_999);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void assertMalformed(String text) {
        assertThat(Cursor.parse(text))
                .isInstanceOfSatisfying(
                        Checked.Invalid.class,
                        invalid -> assertThat(invalid.code()).isEqualTo("cursor.malformed"));
    }
}
