package org.ashar.progressreports.readmodel.record;

import static org.ashar.messaging.ViewIndex.ascending;
import static org.ashar.messaging.ViewIndex.descending;

import java.util.List;
import org.ashar.messaging.SliceDefinition;
import org.ashar.messaging.ViewDefinition;
import org.ashar.progressreports.contract.consumed.BudgetNews;
import org.ashar.progressreports.contract.consumed.CommitmentNews;
import org.ashar.progressreports.contract.consumed.ReportNews;

/** The view that the public record is read from. */
public final class RecordView {

    public static final String NAME = "record";

    public static final SliceDefinition<CommitmentSlice> COMMITMENTS =
            new SliceDefinition<>(
                    CommitmentNews.SERVICE,
                    CommitmentNews.STREAM_TYPE,
                    "commitments",
                    CommitmentSlice.class,
                    CommitmentNews.TYPES,
                    CommitmentSlice::fold,
                    CommitmentSlice::fields,
                    RecordLines::ofCommitment,
                    List.of(
                            descending("place", "publishedOn"),
                            ascending("place", "publishedOn"),
                            ascending("place", "dueOrder"),
                            ascending("place", "title"),
                            descending("place", "state", "publishedOn"),
                            ascending("lead", "publishedOn"),
                            ascending("publishedOn")),
                    List.of(RecordLines.HISTORY));

    public static final SliceDefinition<BudgetSlice> BUDGETS =
            new SliceDefinition<>(
                    BudgetNews.SERVICE,
                    BudgetNews.STREAM_TYPE,
                    "budgets",
                    BudgetSlice.class,
                    BudgetNews.TYPES,
                    BudgetSlice::fold,
                    BudgetSlice::fields,
                    RecordLines::ofBudget,
                    List.of(ascending("commitment"), ascending("place", "overspent")),
                    List.of(RecordLines.HISTORY, RecordLines.SPENDING));

    public static final SliceDefinition<ReportSlice> REPORTS =
            new SliceDefinition<>(
                    ReportNews.SERVICE,
                    ReportNews.STREAM_TYPE,
                    "reports",
                    ReportSlice.class,
                    ReportNews.TYPES,
                    ReportSlice::fold,
                    ReportSlice::fields,
                    RecordLines::ofReport,
                    List.of(descending("commitment", "begins"), ascending("place", "begins")),
                    List.of(RecordLines.VERSIONS));

    /** Since 2 a commitment names its publisher. */
    private static final int FORMAT = 2;

    public static final ViewDefinition VIEW =
            new ViewDefinition(
                    ReportNews.SERVICE, NAME, FORMAT, List.of(COMMITMENTS, BUDGETS, REPORTS));

    private RecordView() {}
}
