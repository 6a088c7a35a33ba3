package org.ashar.portal.pages;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.chrono.ThaiBuddhistChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.portal.publicrecord.Figure;
import org.ashar.web.Messages;

/** How everything is said to one reader: words, numbers, money and dates in one language. */
public final class Wording {

    /**
     * A text of the record as this reader gets it.
     *
     * @param lang the language that it is in, which may not be the reader's
     * @param dir which way that language is written
     * @param machine whether a machine translated it
     * @param cut whether there is more of it than {@code value}
     */
    public record Said(String value, String lang, String dir, boolean machine, boolean cut) {}

    private static final char NO_BREAK_SPACE = '\u00a0';

    private final String language;
    private final Locale locale;
    private final ZoneId zone;
    private final Messages messages;

    Wording(String language, ZoneId zone, Messages messages) {
        this.language = language;
        this.zone = zone;
        this.messages = messages;
        locale = Locale.forLanguageTag(language.equals("en") ? "en-GB" : language);
    }

    public String language() {
        return language;
    }

    public String direction() {
        return MultilingualText.directionOf(language);
    }

    /** The page text of this code. */
    public String text(String code) {
        return messages.text(code, language);
    }

    /** The page text of this code with one placeholder filled in. */
    public String text(String code, String name, Object value) {
        return messages.text(code, language, Map.of(name, String.valueOf(value)));
    }

    /** The page text of this code with two placeholders filled in. */
    public String text(String code, String name, Object value, String other, Object otherValue) {
        return messages.text(
                code,
                language,
                Map.of(name, String.valueOf(value), other, String.valueOf(otherValue)));
    }

    /** The text of {@code <prefix><value>}, or the value itself where nobody named it yet. */
    public String named(String prefix, String value) {
        return messages.knows(prefix + value) ? text(prefix + value) : value;
    }

    /** A text of the record: this reader's language, else the original. */
    public Said said(MultilingualText text) {
        return said(text, Integer.MAX_VALUE);
    }

    /** The same, at most {@code limit} characters of it, ending with a whole word. */
    public Said said(MultilingualText text, int limit) {
        MultilingualText.Chosen chosen = text.in(language);
        boolean cut = chosen.value().length() > limit;
        return new Said(
                cut ? beginning(chosen.value(), limit) : chosen.value(),
                chosen.language(),
                chosen.direction(),
                chosen.provenance() == MultilingualText.Provenance.MACHINE,
                cut);
    }

    private static String beginning(String text, int limit) {
        int end = Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit;
        int space = text.lastIndexOf(' ', end);
        return text.substring(0, space > limit / 2 ? space : end).strip() + "…";
    }

    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** {@code 1 234 567,50 сом}, with spaces that do not break. */
    public String money(Money money) {
        return money(new BigDecimal(money.amount()), money.currency());
    }

    /** A figure of the record, as money. */
    public String money(Figure figure) {
        return money(figure.value(), Currency.getInstance(figure.currency()));
    }

    private String money(BigDecimal amount, Currency currency) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(amount)
                + NO_BREAK_SPACE
                + named("currency.", currency.getCurrencyCode());
    }

    /** Hundredths as a percentage: 63 %. */
    public String percent(long hundredths) {
        return NumberFormat.getPercentInstance(locale)
                .format(BigDecimal.valueOf(hundredths).movePointLeft(2));
    }

    public String date(LocalDate date) {
        return dates().format(date);
    }

    /** Both ends: {@code 1 May 2026 – 31 May 2026}. */
    public String period(Period period) {
        return date(period.start()) + " – " + date(period.end());
    }

    /** The day and minute in the installation's zone. */
    public String moment(Instant instant) {
        return text(
                "moment",
                "date",
                date(day(instant)),
                "time",
                plain("HH:mm").format(instant.atZone(zone)));
    }

    /** The day in the installation's zone. */
    public LocalDate day(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    /** {@code 2025-Q1} in words; anything unknown as it is. */
    public String reportingPeriod(String id) {
        return switch (ReportingPeriod.parse(id)) {
            case Checked.Valid<ReportingPeriod>(ReportingPeriod period) ->
                    text(
                            "period." + frequency(period),
                            "number",
                            number(period.number()),
                            "year",
                            year(period));
            case Checked.Invalid<ReportingPeriod> _ -> id;
        };
    }

    private static String frequency(ReportingPeriod period) {
        return period.frequency().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String year(ReportingPeriod period) {
        DateTimeFormatter year = plain("y");
        String first = year.format(period.days().start());
        return period.frequency() == ReportingPeriod.Frequency.SCHOOL_YEAR
                ? first + "–" + year.format(period.days().end())
                : first;
    }

    /** A file's size in whole kilobytes or megabytes. */
    public String size(long bytes) {
        return bytes >= 1 << 20
                ? number(bytes >> 20) + NO_BREAK_SPACE + text("size.mega")
                : number(Math.max(1, bytes >> 10)) + NO_BREAK_SPACE + text("size.kilo");
    }

    private DateTimeFormatter dates() {
        return plain(
                language.equals("th")
                        ? "d MMMM y"
                        : DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                                FormatStyle.LONG, null, IsoChronology.INSTANCE, locale));
    }

    /** Thai readers count years in the Buddhist era. */
    private DateTimeFormatter plain(String pattern) {
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern(pattern, locale).localizedBy(locale);
        return language.equals("th")
                ? formatter.withChronology(ThaiBuddhistChronology.INSTANCE)
                : formatter;
    }
}
