package org.ashar.progressreports.readmodel.record;

import java.time.LocalDate;
import java.util.List;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.progressreports.contract.consumed.BudgetNews.Approval;
import org.ashar.progressreports.contract.consumed.BudgetNews.Source;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of a promise or its money.
 *
 * @param kind the fact's name: {@code commitment-amended}
 * @param text the reason, rationale, statement, response or note that was given
 * @param amendment what holds after an amendment
 * @param money what was decided about money
 */
public record HistoryEntry(
        String kind,
        Given given,
        @Nullable MultilingualText text,
        @Nullable Assessment assessment,
        @Nullable Amendment amendment,
        @Nullable MoneyDecision money) {

    public record Assessment(String milestone, String outcome, @Nullable LocalDate metOn) {}

    public record Amendment(Period period, List<DueDate> milestones) {
        public Amendment {
            milestones = List.copyOf(milestones);
        }
    }

    public record DueDate(String milestone, LocalDate due, boolean dropped) {}

    public record MoneyDecision(
            @Nullable Money amount, List<Source> sources, @Nullable Approval approval) {
        public MoneyDecision {
            sources = List.copyOf(sources);
        }
    }

    static HistoryEntry plain(String kind, Given given, @Nullable MultilingualText text) {
        return new HistoryEntry(kind, given, text, null, null, null);
    }
}
