package org.ashar.progressreports.api;

import java.util.List;
import java.util.regex.Pattern;
import org.ashar.kernel.Checked;
import org.ashar.progressreports.domain.report.Content;
import org.ashar.progressreports.domain.report.Content.IndicatorValue;
import org.ashar.progressreports.domain.report.Content.Measure;
import org.ashar.progressreports.domain.report.Content.MilestoneNote;
import org.ashar.progressreports.domain.report.Content.Status;
import org.ashar.web.Fields;

/** Reads what a report says from a request. */
final class ContentFields {

    private static final Pattern DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?");
    private static final Pattern MILESTONE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final int UNIT_LIMIT = 40;

    private ContentFields() {}

    static Content content(Fields fields) {
        return new Content(
                fields.oneOf("status", Status.class),
                fields.optional(
                                "narrative",
                                (f, name) -> f.multilingualLines(name, Content.TEXT_LIMIT))
                        .orElse(null),
                fields.optional("noProgress", Fields::flag).orElse(false),
                fields.optional(
                                "indicators",
                                (f, name) ->
                                        f.list(
                                                name,
                                                0,
                                                Content.MAX_INDICATORS,
                                                ContentFields::indicator))
                        .orElseGet(List::of),
                fields.optional(
                                "milestoneNotes",
                                (f, name) ->
                                        f.list(
                                                name,
                                                0,
                                                Content.MAX_MILESTONE_NOTES,
                                                ContentFields::milestoneNote))
                        .orElseGet(List::of),
                fields.optional(
                                "evidence",
                                (f, name) ->
                                        f.listOf(name, 0, Content.MAX_EVIDENCE, Fields::evidence))
                        .orElseGet(List::of));
    }

    private static IndicatorValue indicator(Fields fields) {
        return new IndicatorValue(
                fields.multilingual("name", Content.NAME_LIMIT),
                fields.oneOf("measure", Measure.class),
                fields.optional("unit", (f, name) -> f.text(name, UNIT_LIMIT)).orElse(null),
                fields.optional("value", (f, name) -> f.string(name, "0", ContentFields::decimal))
                        .orElse(null),
                fields.optional("note", (f, name) -> f.multilingualLines(name, Content.NOTE_LIMIT))
                        .orElse(null));
    }

    private static MilestoneNote milestoneNote(Fields fields) {
        return new MilestoneNote(
                fields.string("milestone", "", ContentFields::milestone),
                fields.multilingualLines("note", Content.NOTE_LIMIT));
    }

    private static Checked<String> decimal(String text) {
        return DECIMAL.matcher(text).matches()
                ? Checked.valid(text)
                : Checked.invalid("report.indicator-value-malformed");
    }

    private static Checked<String> milestone(String text) {
        return MILESTONE.matcher(text).matches()
                ? Checked.valid(text)
                : Checked.invalid("report.milestone-unknown");
    }
}
