package org.ashar.progressreports.domain.report;

import java.util.List;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.jspecify.annotations.Nullable;

/**
 * What a report says.
 *
 * @param narrative may be missing from a draft, and beside {@code noProgress}
 * @param noProgress the explicit statement that nothing was done in the period
 */
public record Content(
        Status status,
        @Nullable MultilingualText narrative,
        boolean noProgress,
        List<IndicatorValue> indicators,
        List<MilestoneNote> milestoneNotes,
        List<Evidence> evidence) {

    public static final int TEXT_LIMIT = 4000;
    public static final int NAME_LIMIT = 300;
    public static final int NOTE_LIMIT = 1000;
    public static final int MAX_INDICATORS = 20;
    public static final int MAX_MILESTONE_NOTES = 60;
    public static final int MAX_EVIDENCE = 20;

    /** How far the commitment has come, all periods together. */
    public enum Status {
        NOT_STARTED,
        LIMITED,
        SUBSTANTIAL,
        COMPLETE
    }

    /** What an indicator's value is. A qualitative one is told in words, all others in a number. */
    public enum Measure {
        UNIT,
        PERCENTAGE,
        NOMINAL,
        ORDINAL,
        QUALITATIVE
    }

    /**
     * What was measured in the period.
     *
     * @param unit what one is: {@code m}, {@code pupils}
     * @param value a decimal number in text, exact
     */
    public record IndicatorValue(
            MultilingualText name,
            Measure measure,
            @Nullable String unit,
            @Nullable String value,
            @Nullable MultilingualText note) {}

    /**
     * What is said about one milestone of the commitment.
     *
     * @param milestone its id within the commitment
     */
    public record MilestoneNote(String milestone, MultilingualText note) {}

    public Content {
        indicators = List.copyOf(indicators);
        milestoneNotes = List.copyOf(milestoneNotes);
        evidence = List.copyOf(evidence);
    }

    boolean saysNothing() {
        return narrative == null && !noProgress;
    }
}
