package org.ashar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Random;
import java.util.regex.Pattern;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({"KGS,2", "KZT,2", "LBP,2", "IQD,3", "JPY,0"})
    void knows_the_minor_digits_of_a_currency(String code, int digits) {
        assertThat(Money.currency(code).orThrow().getDefaultFractionDigits()).isEqualTo(digits);
    }

    @ParameterizedTest
    @CsvSource({
        "1234567.50,KGS,123456750,1234567.50",
        "12,KGS,1200,12.00",
        "-0.01,KGS,-1,-0.01",
        "1.005,IQD,1005,1.005",
        "9999999999999.99,KGS,999999999999999,9999999999999.99"
    })
    void reads_and_prints_exact_money(String amount, String currency, long minor, String printed) {
        Money money = Money.parse(amount, currency).orThrow();
        assertThat(money.minor()).isEqualTo(minor);
        assertThat(money.amount()).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({
        "1.005,KGS,money.too-many-minor-digits",
        "10000000000000.00,KGS,money.out-of-range",
        "9999999999999999999999999999999999999999,KGS,money.out-of-range",
        "0.0000000000000000000000000000000000000001,KGS,money.too-many-minor-digits",
        "1e3,KGS,money.not-a-decimal",
        "'1,5',KGS,money.not-a-decimal",
        "٣,KGS,money.not-a-decimal",
        "01,KGS,money.not-a-decimal",
        "1,KGZ,money.unknown-currency",
        "1,XAU,money.unknown-currency",
        "1,kgs,money.unknown-currency"
    })
    void refuses_money_that_is_none(String amount, String currency, String code) {
        assertThat(Money.parse(amount, currency))
                .isInstanceOfSatisfying(
                        Checked.Invalid.class, i -> assertThat(i.code()).isEqualTo(code));
    }

    /** The language of a pattern and the arithmetic of exact decimals. */
    @ParameterizedTest
    @ValueSource(strings = {"KGS", "IQD", "JPY"})
    void money_is_read_as_an_exact_decimal_is(String currency) {
        Pattern decimal = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int good = 0;
        for (int round = 0; round < 20_000; round++) {
            String text = nearlyMoney(random);
            long minor = Money.LIMIT;
            if (decimal.matcher(text).matches()) {
                BigDecimal exact = new BigDecimal(text).movePointRight(digits);
                boolean fits = exact.abs().compareTo(BigDecimal.valueOf(Money.LIMIT)) < 0;
                minor = exact.scale() <= 0 && fits ? exact.longValueExact() : Money.LIMIT;
            }
            Checked<Money> read = Money.parse(text, currency);
            assertThat(
                            read instanceof Checked.Valid<Money>(Money money)
                                    ? money.minor()
                                    : Money.LIMIT)
                    .as("%s, seed %d", text, seed)
                    .isEqualTo(minor);
            good += minor == Money.LIMIT ? 0 : 1;
        }
        assertThat(good).isBetween(1_000, 19_000);
    }

    private static String nearlyMoney(Random random) {
        String alphabet = "0000123456789999.-+e,٣ ";
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        for (int length = random.nextInt(22); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(random.nextInt(3) == 0 ? 23 : 16)));
        }
        return text.toString();
    }

    @RepeatedTest(10)
    void money_survives_its_own_text_and_adds_up_in_any_order() {
        Random random = new Random();
        Money a = Money.of(random.nextLong(-Money.LIMIT / 2, Money.LIMIT / 2), "KGS");
        Money b = Money.of(random.nextLong(-Money.LIMIT / 2, Money.LIMIT / 2), "KGS");
        assertThat(Money.parse(a.amount(), "KGS").orThrow()).isEqualTo(a);
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(a.plus(b).plus(b.negated())).isEqualTo(a);
    }

    @Test
    void currencies_never_mix() {
        assertThatThrownBy(() -> Money.of(1, "KGS").plus(Money.of(1, "KZT")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "QUARTER,2025-03-31,2025-Q1,2025-01-01,2025-03-31,2025-Q2",
        "QUARTER,2025-12-01,2025-Q4,2025-10-01,2025-12-31,2026-Q1",
        "HALF_YEAR,2025-07-01,2025-H2,2025-07-01,2025-12-31,2026-H1",
        "SCHOOL_YEAR,2025-08-31,2024-SY,2024-09-01,2025-08-31,2025-SY",
        "SCHOOL_YEAR,2025-09-01,2025-SY,2025-09-01,2026-08-31,2026-SY"
    })
    void reporting_periods_follow_the_calendar(
            Frequency frequency,
            LocalDate date,
            String id,
            LocalDate start,
            LocalDate end,
            String next) {
        ReportingPeriod period = ReportingPeriod.containing(frequency, date);
        assertThat(period.id()).isEqualTo(id);
        assertThat(period.days()).isEqualTo(new Period(start, end));
        assertThat(period.next().id()).isEqualTo(next);
        assertThat(ReportingPeriod.parse(id).orThrow()).isEqualTo(period);
    }

    @Test
    void the_first_full_period_starts_on_its_first_day_or_later() {
        assertThat(ReportingPeriod.firstFullFrom(Frequency.QUARTER, LocalDate.of(2025, 4, 1)).id())
                .isEqualTo("2025-Q2");
        assertThat(ReportingPeriod.firstFullFrom(Frequency.QUARTER, LocalDate.of(2025, 4, 2)).id())
                .isEqualTo("2025-Q3");
    }

    @Test
    void a_budget_period_is_at_most_a_year() {
        LocalDate start = LocalDate.of(2025, 3, 1);
        assertThat(new Period(start, LocalDate.of(2026, 2, 28)).isAtMostOneYear()).isTrue();
        assertThat(new Period(start, LocalDate.of(2026, 3, 1)).isAtMostOneYear()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'a\u0000b',text.control-character",
        "'a\u202eb',text.bidi-override",
        "'a\u2066b',text.bidi-override",
        "'a\ud800b',text.lone-surrogate",
        "'a\ufffe',text.noncharacter",
        "'   ',text.blank",
        "'\u00a0\u3000\u2003',text.blank",
        "'\u200b\u200d\u2060\ufeff',text.blank",
        "abcdef,text.too-long"
    })
    void public_text_hides_nothing(String text, String code) {
        assertThat(PublicText.check(text, 5, false))
                .isInstanceOfSatisfying(
                        Checked.Invalid.class, i -> assertThat(i.code()).isEqualTo(code));
    }

    @Test
    void line_breaks_are_for_narratives_alone() {
        assertThat(PublicText.check("a\nb", 5, true)).isInstanceOf(Checked.Valid.class);
        assertThat(PublicText.check("a\nb", 5, false)).isInstanceOf(Checked.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({"ky,ky", "RU,ru", "zh-hant,zh-Hant", "ar-IQ,ar-IQ"})
    void language_tags_have_one_form(String tag, String canonical) {
        assertThat(MultilingualText.languageTag(tag).orThrow()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "qq", "english", "ru_RU", "x-klingon", "k y", "und"})
    void tags_that_name_no_language_are_refused(String tag) {
        assertThat(MultilingualText.languageTag(tag)).isInstanceOf(Checked.Invalid.class);
    }

    @Test
    void direction_follows_the_tag() {
        assertThat(MultilingualText.directionOf("ar")).isEqualTo("rtl");
        assertThat(MultilingualText.directionOf("ky")).isEqualTo("ltr");
        assertThat(MultilingualText.directionOf("ky-Arab")).isEqualTo("rtl");
    }

    @Test
    void a_derived_stream_is_found_again_by_the_same_parts_alone() {
        StreamId stream = StreamId.derived("commitment", "abc");
        assertThat(stream).isEqualTo(StreamId.derived("commitment", "abc"));
        assertThat(stream).isNotEqualTo(StreamId.derived("commitment", "ab", "c"));
        assertThat(StreamId.parse(stream.toString()).orThrow()).isEqualTo(stream);
        assertThat(stream.id()).hasSize(26);
        assertThat(StreamId.parse("commitment/../../etc")).isInstanceOf(Checked.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abcdefghijklmnopqrstuvwxy",
                "abcdefghijklmnopqrstuvwxyzy",
                "abcdefghijklmnopqrstuvwxyb",
                "abcdefghijklmnopqrstuvwx1a",
                "abcdefghijklmnopqrstuvwx8a",
                "Abcdefghijklmnopqrstuvwxya",
                "abcdefghijklmnopqrstuvwxyа"
            })
    void what_is_no_id_of_26_lower_case_base32_characters_is_refused(String id) {
        assertThat(StreamId.isId(id)).isFalse();
        assertThat(StreamId.parse("commitment/" + id)).isInstanceOf(Checked.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-a", "A", "a1", "a_b", "abcdefghijklmnopqrstuvwxyzabcdefghijklmno"})
    void what_is_no_type_of_streams_is_refused(String type) {
        String id = StreamId.derived("commitment", "abc").id();
        assertThat(StreamId.parse(type + "/" + id)).isInstanceOf(Checked.Invalid.class);
        assertThatThrownBy(() -> new StreamId(type, id))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
