package org.ashar.budgetcommitments.config;

import java.util.Map;
import org.ashar.budgetcommitments.domain.budget.BudgetEvent;
import org.ashar.budgetcommitments.domain.budget.BudgetState;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState;
import org.ashar.json.NamedTypes;

/** The names under which events and states are stored. An event's name never changes. */
public final class StoredNames {

    public static final NamedTypes<CommitmentEvent> COMMITMENT_EVENTS =
            NamedTypes.of(
                    Map.ofEntries(
                            Map.entry(
                                    "commitment-drafted", CommitmentEvent.CommitmentDrafted.class),
                            Map.entry("draft-edited", CommitmentEvent.DraftEdited.class),
                            Map.entry("draft-discarded", CommitmentEvent.DraftDiscarded.class),
                            Map.entry(
                                    "commitment-published",
                                    CommitmentEvent.CommitmentPublished.class),
                            Map.entry(
                                    "commitment-started", CommitmentEvent.CommitmentStarted.class),
                            Map.entry(
                                    "milestone-assessed", CommitmentEvent.MilestoneAssessed.class),
                            Map.entry(
                                    "commitment-reported-complete",
                                    CommitmentEvent.CommitmentReportedComplete.class),
                            Map.entry(
                                    "commitment-verified-complete",
                                    CommitmentEvent.CommitmentVerifiedComplete.class),
                            Map.entry(
                                    "commitment-disputed",
                                    CommitmentEvent.CommitmentDisputed.class),
                            Map.entry(
                                    "commitment-resumed", CommitmentEvent.CommitmentResumed.class),
                            Map.entry(
                                    "commitment-withdrawn",
                                    CommitmentEvent.CommitmentWithdrawn.class),
                            Map.entry(
                                    "commitment-amended",
                                    CommitmentEvent.CommitmentAmended.class)));

    public static final NamedTypes<CommitmentState> COMMITMENT_STATES =
            NamedTypes.of(
                    Map.of(
                            "not-drafted", CommitmentState.NotDrafted.class,
                            "draft", CommitmentState.Draft.class,
                            "discarded", CommitmentState.Discarded.class,
                            "published", CommitmentState.Published.class,
                            "in-progress", CommitmentState.InProgress.class,
                            "reported-complete", CommitmentState.ReportedComplete.class,
                            "disputed", CommitmentState.Disputed.class,
                            "verified-complete", CommitmentState.VerifiedComplete.class,
                            "withdrawn", CommitmentState.Withdrawn.class));

    public static final NamedTypes<BudgetEvent> BUDGET_EVENTS =
            NamedTypes.of(
                    Map.of(
                            "budget-proposed", BudgetEvent.BudgetProposed.class,
                            "budget-approved", BudgetEvent.BudgetApproved.class,
                            "budget-adjusted", BudgetEvent.BudgetAdjusted.class,
                            "budget-committed", BudgetEvent.BudgetCommitted.class,
                            "spending-recorded", BudgetEvent.SpendingRecorded.class,
                            "overspend-detected", BudgetEvent.OverspendDetected.class,
                            "budget-executed", BudgetEvent.BudgetExecuted.class,
                            "budget-closed", BudgetEvent.BudgetClosed.class,
                            "budget-lapsed", BudgetEvent.BudgetLapsed.class,
                            "budget-cancelled", BudgetEvent.BudgetCancelled.class));

    public static final NamedTypes<BudgetState> BUDGET_STATES =
            NamedTypes.of(
                    Map.of(
                            "not-proposed", BudgetState.NotProposed.class,
                            "proposed", BudgetState.Proposed.class,
                            "approved", BudgetState.Approved.class,
                            "adjusted", BudgetState.Adjusted.class,
                            "committed", BudgetState.Committed.class,
                            "partly-executed", BudgetState.PartlyExecuted.class,
                            "executed", BudgetState.Executed.class,
                            "closed", BudgetState.Closed.class,
                            "lapsed", BudgetState.Lapsed.class,
                            "cancelled", BudgetState.Cancelled.class));

    private StoredNames() {}
}
