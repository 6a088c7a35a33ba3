package org.ashar.progressreports.readmodel.record;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.EventEnvelope;
import org.ashar.progressreports.contract.consumed.BudgetNews;
import org.ashar.progressreports.contract.consumed.BudgetNews.Adjusted;
import org.ashar.progressreports.contract.consumed.BudgetNews.Approval;
import org.ashar.progressreports.contract.consumed.BudgetNews.Approved;
import org.ashar.progressreports.contract.consumed.BudgetNews.Cancelled;
import org.ashar.progressreports.contract.consumed.BudgetNews.Closed;
import org.ashar.progressreports.contract.consumed.BudgetNews.Committed;
import org.ashar.progressreports.contract.consumed.BudgetNews.Executed;
import org.ashar.progressreports.contract.consumed.BudgetNews.Lapsed;
import org.ashar.progressreports.contract.consumed.BudgetNews.OverspendDetected;
import org.ashar.progressreports.contract.consumed.BudgetNews.Proposed;
import org.ashar.progressreports.contract.consumed.BudgetNews.Source;
import org.ashar.progressreports.contract.consumed.BudgetNews.SpendingRecorded;
import org.jspecify.annotations.Nullable;

/**
 * What the record holds of one budget commitment's stream; each entry of spending is a line of its
 * own. Numbers called {@code …By} are sequences, 0 where there is none.
 *
 * @param total what was proposed and approved at first
 * @param adjusted what is promised now
 * @param spent entries less refunds, as the last entry states it
 * @param refunded minor units paid back, in all
 * @param demonstratedAt when the last event was recorded that says another time, if any does
 */
public record BudgetSlice(
        StreamId id,
        StreamId commitment,
        PlaceRef place,
        MultilingualText title,
        Period period,
        State state,
        Instant stateAt,
        long stateBy,
        List<Source> sources,
        Money total,
        Money adjusted,
        Money spent,
        BigInteger refunded,
        int entries,
        @Nullable Approval approval,
        long proposedBy,
        long approvedBy,
        long adjustedBy,
        long committedBy,
        long spentBy,
        long refundedBy,
        long overspentBy,
        Instant latest,
        @Nullable Instant demonstratedAt) {

    public enum State {
        PROPOSED,
        APPROVED,
        ADJUSTED,
        COMMITTED,
        PARTLY_EXECUTED,
        EXECUTED,
        CLOSED,
        LAPSED,
        CANCELLED;

        /** The money will not be spent. */
        public boolean givenUp() {
            return this == LAPSED || this == CANCELLED;
        }
    }

    public BudgetSlice {
        sources = List.copyOf(sources);
    }

    static BudgetSlice fold(@Nullable BudgetSlice before, EventEnvelope event, Object payload) {
        return switch ((BudgetNews) payload) {
            case Proposed proposed -> proposed(event, proposed);
            case Approved(_, _, Approval approval) ->
                    changed(
                            before,
                            event,
                            next -> {
                                next.at(State.APPROVED);
                                next.approval = approval;
                                next.approvedBy = event.sequence();
                            });
            case Adjusted adjusted -> changed(before, event, next -> next.adjusted(adjusted));
            case Committed _ ->
                    changed(
                            before,
                            event,
                            next -> {
                                next.at(State.COMMITTED);
                                next.committedBy = event.sequence();
                            });
            case SpendingRecorded entry -> changed(before, event, next -> next.spent(entry));
            case OverspendDetected _ ->
                    changed(before, event, next -> next.overspentBy = event.sequence());
            case Executed _ -> changed(before, event, next -> next.at(State.EXECUTED));
            case Closed _ -> changed(before, event, next -> next.at(State.CLOSED));
            case Lapsed _ -> changed(before, event, next -> next.at(State.LAPSED));
            case Cancelled _ -> changed(before, event, next -> next.at(State.CANCELLED));
        };
    }

    private static BudgetSlice changed(
            @Nullable BudgetSlice before, EventEnvelope event, Consumer<Change> change) {
        Change next =
                new Change(
                        requireNonNull(before, "a budget commitment begins with its proposal"),
                        event);
        change.accept(next);
        return next.slice();
    }

    /** Whether more was spent than is promised. */
    public boolean overspent() {
        return spent.minor() > adjusted.minor();
    }

    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("commitment", commitment.toString());
        fields.put("place", place.key());
        fields.put("state", Kebab.of(state));
        fields.put("currency", total.currency().getCurrencyCode());
        fields.put("total", total.minor());
        fields.put("adjusted", adjusted.minor());
        fields.put("spent", spent.minor());
        fields.put("refunded", refunded.toString());
        fields.put("approved", approvedBy > 0);
        fields.put("committed", committedBy > 0);
        fields.put("overspent", overspent());
        fields.put("latest", latest);
        fields.put("demonstration", demonstratedAt != null);
        return fields;
    }

    private static BudgetSlice proposed(EventEnvelope event, Proposed proposed) {
        return new BudgetSlice(
                event.stream(),
                proposed.commitment(),
                proposed.place(),
                proposed.title(),
                proposed.period(),
                State.PROPOSED,
                event.time(),
                event.sequence(),
                proposed.sources(),
                proposed.amounts().total(),
                proposed.amounts().adjusted(),
                proposed.amounts().spent(),
                BigInteger.ZERO,
                0,
                null,
                event.sequence(),
                0,
                0,
                0,
                0,
                0,
                0,
                Times.recorded(event),
                Times.demonstrated(null, event));
    }

    /** The next slice in the making. */
    private static final class Change {
        private final BudgetSlice before;
        private final EventEnvelope event;
        private State state;
        private Instant stateAt;
        private long stateBy;
        private List<Source> sources;
        private Money adjusted;
        private Money spent;
        private BigInteger refunded;
        private int entries;
        private @Nullable Approval approval;
        private long approvedBy;
        private long adjustedBy;
        private long committedBy;
        private long spentBy;
        private long refundedBy;
        private long overspentBy;

        Change(BudgetSlice before, EventEnvelope event) {
            this.before = before;
            this.event = event;
            state = before.state;
            stateAt = before.stateAt;
            stateBy = before.stateBy;
            sources = before.sources;
            adjusted = before.adjusted;
            spent = before.spent;
            refunded = before.refunded;
            entries = before.entries;
            approval = before.approval;
            approvedBy = before.approvedBy;
            adjustedBy = before.adjustedBy;
            committedBy = before.committedBy;
            spentBy = before.spentBy;
            refundedBy = before.refundedBy;
            overspentBy = before.overspentBy;
        }

        void at(State next) {
            state = next;
            stateAt = event.time();
            stateBy = event.sequence();
        }

        void adjusted(Adjusted adjustment) {
            if (state == State.APPROVED) {
                at(State.ADJUSTED);
            }
            adjusted = ofBudget(adjustment.amounts().adjusted());
            sources = adjustment.sources();
            adjustedBy = event.sequence();
        }

        void spent(SpendingRecorded entry) {
            if (state == State.COMMITTED) {
                at(State.PARTLY_EXECUTED);
            }
            spent = ofBudget(entry.amounts().spent());
            spentBy = event.sequence();
            entries++;
            if (entry.amount().isNegative()) {
                refunded = refunded.subtract(BigInteger.valueOf(entry.amount().minor()));
                refundedBy = event.sequence();
            }
        }

        /** An event that changes the currency cannot be applied, so that none is ever mixed. */
        private Money ofBudget(Money amount) {
            if (!amount.currency().equals(before.total.currency())) {
                throw new IllegalArgumentException("a budget has one currency");
            }
            return amount;
        }

        BudgetSlice slice() {
            return new BudgetSlice(
                    before.id,
                    before.commitment,
                    before.place,
                    before.title,
                    before.period,
                    state,
                    stateAt,
                    stateBy,
                    sources,
                    before.total,
                    adjusted,
                    spent,
                    refunded,
                    entries,
                    approval,
                    before.proposedBy,
                    approvedBy,
                    adjustedBy,
                    committedBy,
                    spentBy,
                    refundedBy,
                    overspentBy,
                    Times.later(before.latest, event),
                    Times.demonstrated(before.demonstratedAt, event));
        }
    }
}
