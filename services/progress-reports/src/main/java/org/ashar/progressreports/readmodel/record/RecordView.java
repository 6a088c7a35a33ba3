package org.ashar.progressreports.readmodel.record;

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
                            List.of("place", "ageOrder"),
                            List.of("place", "publishedOn"),
                            List.of("place", "dueOrder"),
                            List.of("place", "title"),
                            List.of("place", "state", "ageOrder"),
                            List.of("lead", "publishedOn"),
                            List.of("publishedOn")),
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
                    List.of(List.of("commitment"), List.of("place", "overspent")),
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
                    List.of(List.of("commitment", "begins"), List.of("place", "begins")),
                    List.of(RecordLines.VERSIONS));

    public static final ViewDefinition VIEW =
            new ViewDefinition(ReportNews.SERVICE, NAME, List.of(COMMITMENTS, BUDGETS, REPORTS));

    private RecordView() {}
}
