package org.ashar.kernel.canonical;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Prints the numbers that the authors of RFC 8785 test implementations with, and compares the
 * digests that they published of so many lines: 168 chosen numbers, the 2,000 smallest normal ones,
 * then what a chain of SHA-256 gives.
 */
class CanonicalNumbersTest {

    private static final int LINES = Boolean.getBoolean("ashar.soak") ? 10_000_000 : 1_000_000;
    private static final long SMALLEST_NORMAL = 0x0010000000000000L;
    private static final int IN_A_ROW = 2_000;

    private static final Map<Integer, String> PUBLISHED =
            Map.of(
                    1_000, "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687",
                    10_000, "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892",
                    100_000, "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7",
                    1_000_000, "49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16",
                    10_000_000, "b9f8a44a91d46813b21b9602e72f112613c91408db0b8341fb94603d9db135e0");

    private final List<Long> chosen = chosen();
    private final MessageDigest chain = sha256();
    private ByteBuffer block = ByteBuffer.allocate(0);
    private byte[] state = new byte[32];

    @Test
    void numbers_are_printed_as_the_reference_prints_them() throws Exception {
        MessageDigest printed = sha256();
        for (int line = 0; line < LINES; line++) {
            long bits = bits(line);
            String number = CanonicalJson.number(Double.longBitsToDouble(bits));
            printed.update((Long.toHexString(bits) + "," + number + "\n").getBytes(US_ASCII));
            String expected = PUBLISHED.get(line + 1);
            if (expected != null) {
                MessageDigest so = (MessageDigest) printed.clone();
                assertThat(HexFormat.of().formatHex(so.digest()))
                        .as("%s lines", line + 1)
                        .isEqualTo(expected);
            }
        }
    }

    private long bits(int line) {
        if (line < chosen.size()) {
            return chosen.get(line);
        }
        if (line < chosen.size() + IN_A_ROW) {
            return SMALLEST_NORMAL + line - chosen.size();
        }
        while (true) {
            if (!block.hasRemaining()) {
                state = chain.digest(state);
                block = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
            }
            long bits = block.getLong();
            double value = Double.longBitsToDouble(bits);
            if (value != 0 && Double.isFinite(value)) {
                return bits;
            }
        }
    }

    private static List<Long> chosen() {
        try (InputStream numbers =
                Objects.requireNonNull(
                        CanonicalNumbersTest.class.getResourceAsStream("first-numbers.txt"))) {
            return new String(numbers.readAllBytes(), US_ASCII)
                    .lines()
                    .map(hex -> Long.parseUnsignedLong(hex, 16))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
