package org.ashar.kernel.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.ashar.kernel.Checked;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "0000000000000002, 1e-323",
        "0000000000000003, 1.5e-323",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "becbf647612f3696, -0.0000033333333333333333"
    })
    void prints_numbers_as_rfc_8785_appendix_b_says(String bits, String expected) {
        assertThat(
                        CanonicalJson.number(
                                Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(bits))))
                .isEqualTo(expected);
    }

    @Test
    void orders_names_by_utf_16_and_escapes_as_little_as_it_can() {
        assertThat(
                        canonical(
                                "{\"\\u20ac\":\"Euro\",\"\\r\":\"CR\",\"\\ufb33\":1,\"1\":\"One\",\"\\ud83d\\ude00\":2,\"\\u0080\":3,\"\\u00f6\":4}"))
                .isEqualTo(
                        "{\"\\r\":\"CR\",\"1\":\"One\",\"\u0080\":3,\"ö\":4,\"€\":\"Euro\",\"😀\":2,\"\ufb33\":1}");
        assertThat(canonical(" [ 1e2 , -0 , \"\\u000f\\/\\n\" , { } , [ ] , null ] "))
                .isEqualTo("[100,0,\"\\u000f/\\n\",{},[],null]");
        assertThat(canonical("[1e21,9007199254740991.0,1E30]"))
                .isEqualTo("[1e+21,9007199254740991,1e+30]");
        assertThat(canonical("1e-315")).isEqualTo("1e-315");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":1}|json.duplicate-name",
                "{\"a\":1,\"\\u0061\":1}|json.duplicate-name",
                "\"\\ud800\"|json.lone-surrogate",
                "\"\\udc00\\ud800\"|json.lone-surrogate",
                "9007199254740993|json.integer-out-of-range",
                "-9007199254740992|json.integer-out-of-range",
                "1e20|json.integer-out-of-range",
                "-9007199254740992.0|json.integer-out-of-range",
                "1e400|json.number-out-of-range",
                "1 2|json.trailing-data",
                "{\"a\":1,}|json.syntax",
                "[1,]|json.syntax",
                "01|json.trailing-data",
                "+1|json.syntax",
                ".5|json.syntax",
                "1.|json.syntax",
                "NaN|json.syntax",
                "'a'|json.syntax",
                "\"\\x\"|json.syntax",
                "\"\\u12g4\"|json.syntax",
                "{\"a\"|json.syntax",
                "[|json.syntax",
                "``|json.syntax"
            })
    void refuses_what_has_no_canonical_form(String json, String code) {
        assertThat(CanonicalJson.of(json.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Checked.Invalid.class, i -> assertThat(i.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22ff22", "22c08022", "22eda08022", "22f4908080 22"})
    void refuses_bytes_that_are_not_utf_8(String hex) {
        assertThat(CanonicalJson.of(HexFormat.of().parseHex(hex.replace(" ", ""))))
                .isEqualTo(new Checked.Invalid<byte[]>("json.not-utf-8", Map.of()));
    }

    @Test
    void takes_64_levels_and_refuses_the_65th_and_ten_thousand() {
        assertThat(canonical("[".repeat(64) + "]".repeat(64))).hasSize(128);
        for (int depth : new int[] {65, 10_000}) {
            assertThat(CanonicalJson.of(nested(depth)))
                    .isInstanceOfSatisfying(
                            Checked.Invalid.class,
                            i -> assertThat(i.code()).isEqualTo("json.too-deep"));
        }
    }

    @Test
    void a_member_has_one_level_less() {
        assertThat(CanonicalJson.ofMember(nested(63))).isInstanceOf(Checked.Valid.class);
        assertThat(CanonicalJson.ofMember(nested(64)))
                .isInstanceOfSatisfying(
                        Checked.Invalid.class,
                        i -> assertThat(i.code()).isEqualTo("json.too-deep"));
    }

    @RepeatedTest(20)
    void any_finite_double_survives_the_round_trip_and_canonical_form_is_a_fixed_point() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String printed = CanonicalJson.number(value);
                assertThat(Double.parseDouble(printed)).as("seed %d", seed).isEqualTo(value + 0.0);
                if (CanonicalJson.of(Double.toString(value).getBytes(UTF_8))
                        instanceof Checked.Valid<byte[]>(byte[] canonical)) {
                    assertThat(CanonicalJson.of(canonical).orThrow())
                            .as("seed %d", seed)
                            .isEqualTo(canonical);
                }
            }
        }
        String json = JsonSamples.random(random, 5);
        String once = canonical(json);
        assertThat(canonical(once)).as("seed %d", seed).isEqualTo(once);
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
    }

    private static String canonical(String json) {
        return new String(CanonicalJson.of(json.getBytes(UTF_8)).orThrow(), UTF_8);
    }
}
