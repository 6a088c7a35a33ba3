package org.ashar.progressreports.contract.consumed;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Money;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/** What is read of a budget commitment's events. */
public sealed interface BudgetNews {

    String SERVICE = "budget-commitments";
    String STREAM_TYPE = "budget-commitment";

    Map<String, Class<?>> TYPES =
            Map.ofEntries(
                    Map.entry(type("budget-proposed"), Proposed.class),
                    Map.entry(type("budget-approved"), Approved.class),
                    Map.entry(type("budget-adjusted"), Adjusted.class),
                    Map.entry(type("budget-committed"), Committed.class),
                    Map.entry(type("spending-recorded"), SpendingRecorded.class),
                    Map.entry(type("overspend-detected"), OverspendDetected.class),
                    Map.entry(type("budget-executed"), Executed.class),
                    Map.entry(type("budget-closed"), Closed.class),
                    Map.entry(type("budget-lapsed"), Lapsed.class),
                    Map.entry(type("budget-cancelled"), Cancelled.class));

    /** Who did it. */
    Actor by();

    /** The promise that the money is for. */
    StreamId commitment();

    /**
     * What holds after the event.
     *
     * @param total as proposed
     * @param adjusted as promised now
     * @param spent entries less refunds
     */
    record Amounts(Money total, Money adjusted, Money spent) {
        public Amounts {
            requireCurrency(total.currency(), Stream.of(adjusted, spent));
        }

        public Currency currency() {
            return total.currency();
        }
    }

    record Source(String kind, MultilingualText name, Money amount) {
        public Source {
            requireNonNull(kind);
            requireNonNull(name);
            requireNonNull(amount);
        }
    }

    /** A decision of a body that may decide over money. */
    record Approval(MultilingualText body, String resolution, LocalDate decidedOn) {
        public Approval {
            requireNonNull(body);
            requireNonNull(resolution);
            requireNonNull(decidedOn);
        }
    }

    record Proposed(
            Actor by,
            StreamId commitment,
            PlaceRef place,
            MultilingualText title,
            Period period,
            List<Source> sources,
            Amounts amounts)
            implements BudgetNews {
        public Proposed {
            requireNonNull(by);
            requireNonNull(commitment);
            requireNonNull(place);
            requireNonNull(title);
            requireNonNull(period);
            requireNonNull(amounts);
            sources = List.copyOf(sources);
            requireCurrency(amounts.currency(), sources.stream().map(Source::amount));
        }
    }

    record Approved(Actor by, StreamId commitment, Approval approval) implements BudgetNews {
        public Approved {
            requireNonNull(by);
            requireNonNull(commitment);
            requireNonNull(approval);
        }
    }

    record Adjusted(
            Actor by,
            StreamId commitment,
            List<Source> sources,
            MultilingualText rationale,
            Approval approval,
            Amounts amounts)
            implements BudgetNews {
        public Adjusted {
            requireNonNull(by);
            requireNonNull(commitment);
            requireNonNull(rationale);
            requireNonNull(approval);
            requireNonNull(amounts);
            sources = List.copyOf(sources);
            requireCurrency(amounts.currency(), sources.stream().map(Source::amount));
        }
    }

    record Committed(Actor by, StreamId commitment) implements BudgetNews {
        public Committed {
            requireNonNull(by);
            requireNonNull(commitment);
        }
    }

    /** One entry of money spent, or paid back where the amount is negative. */
    record SpendingRecorded(
            Actor by,
            StreamId commitment,
            Money amount,
            LocalDate spentOn,
            MultilingualText description,
            List<Evidence> evidence,
            Amounts amounts)
            implements BudgetNews {
        public SpendingRecorded {
            requireNonNull(by);
            requireNonNull(commitment);
            requireNonNull(amount);
            requireNonNull(spentOn);
            requireNonNull(description);
            requireNonNull(amounts);
            evidence = List.copyOf(evidence);
            requireCurrency(amounts.currency(), Stream.of(amount));
        }
    }

    record OverspendDetected(Actor by, StreamId commitment, Money over, Amounts amounts)
            implements BudgetNews {
        public OverspendDetected {
            requireNonNull(by);
            requireNonNull(commitment);
            requireNonNull(over);
            requireNonNull(amounts);
            requireCurrency(amounts.currency(), Stream.of(over));
        }
    }

    record Executed(Actor by, StreamId commitment) implements BudgetNews {
        public Executed {
            requireNonNull(by);
            requireNonNull(commitment);
        }
    }

    record Closed(Actor by, StreamId commitment) implements BudgetNews {
        public Closed {
            requireNonNull(by);
            requireNonNull(commitment);
        }
    }

    record Lapsed(Actor by, StreamId commitment) implements BudgetNews {
        public Lapsed {
            requireNonNull(by);
            requireNonNull(commitment);
        }
    }

    record Cancelled(Actor by, StreamId commitment, @Nullable MultilingualText reason)
            implements BudgetNews {
        public Cancelled {
            requireNonNull(by);
            requireNonNull(commitment);
        }
    }

    private static void requireCurrency(Currency currency, Stream<Money> amounts) {
        if (!amounts.allMatch(amount -> amount.currency().equals(currency))) {
            throw new IllegalArgumentException("a budget has one currency");
        }
    }

    private static String type(String fact) {
        return "org.ashar." + SERVICE + "." + fact + ".v1";
    }
}
