package org.ashar.progressreports.readmodel.record;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ashar.kernel.Classification;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.EventEnvelope;
import org.ashar.progressreports.contract.consumed.CommitmentNews;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Amended;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Contact;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Disputed;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Lead;
import org.ashar.progressreports.contract.consumed.CommitmentNews.MilestoneAssessed;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Published;
import org.ashar.progressreports.contract.consumed.CommitmentNews.ReportedComplete;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Reporting;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Resumed;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Started;
import org.ashar.progressreports.contract.consumed.CommitmentNews.VerifiedComplete;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Withdrawn;
import org.jspecify.annotations.Nullable;

/**
 * What the record holds of one commitment's stream. Numbers called {@code …By} are sequences of the
 * events that a figure comes from, 0 where there is none.
 *
 * @param publisher the organisation that drafted and published it; null in slices of format 1
 * @param endedAt when it was verified complete or withdrawn
 * @param latest when the last event in it was recorded
 * @param demonstratedAt when the last event was recorded that says another time, if any does
 */
public record CommitmentSlice(
        StreamId id,
        PlaceRef place,
        MultilingualText title,
        MultilingualText description,
        Lead lead,
        @Nullable String publisher,
        Contact contact,
        Period period,
        Period originalPeriod,
        long periodBy,
        List<Classification> classifications,
        Reporting reporting,
        LocalDate publishedOn,
        long publishedBy,
        long amendedBy,
        State state,
        Instant stateAt,
        long stateBy,
        @Nullable Instant endedAt,
        List<Milestone> milestones,
        Instant latest,
        @Nullable Instant demonstratedAt) {

    private static final int SORTED_TITLE = 60;

    /** Nothing is due: comes last in the order of due dates. */
    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    public enum State {
        PUBLISHED,
        IN_PROGRESS,
        REPORTED_COMPLETE,
        DISPUTED,
        VERIFIED_COMPLETE,
        WITHDRAWN;

        /** Whether what was promised is still to be done. */
        public boolean open() {
            return this == PUBLISHED || this == IN_PROGRESS || this == DISPUTED;
        }
    }

    public enum MilestoneStatus {
        SCHEDULED,
        MET,
        PARTIALLY_MET,
        NOT_MET
    }

    public record Milestone(
            String id,
            MultilingualText title,
            MultilingualText deliverable,
            LocalDate due,
            LocalDate originalDue,
            boolean dropped,
            MilestoneStatus status,
            @Nullable LocalDate metOn,
            List<Evidence> evidence,
            @Nullable MultilingualText note,
            long definedBy,
            long dueBy,
            long assessedBy) {

        public Milestone {
            evidence = List.copyOf(evidence);
        }

        /** Still to be delivered. */
        public boolean open() {
            return !dropped && status != MilestoneStatus.MET;
        }
    }

    public CommitmentSlice {
        classifications = List.copyOf(classifications);
        milestones = List.copyOf(milestones);
    }

    /** The first day on which something still to be done is due. */
    public @Nullable LocalDate nextDue() {
        return state.open()
                ? Stream.concat(
                                milestones.stream().filter(Milestone::open).map(Milestone::due),
                                Stream.of(period.end()))
                        .min(LocalDate::compareTo)
                        .orElse(null)
                : null;
    }

    static CommitmentSlice fold(
            @Nullable CommitmentSlice before, EventEnvelope event, Object payload) {
        return switch ((CommitmentNews) payload) {
            case Published published -> published(event, published);
            case Started _ -> known(before).at(event, State.IN_PROGRESS);
            case MilestoneAssessed assessed -> known(before).assessed(event, assessed);
            case ReportedComplete _ -> known(before).at(event, State.REPORTED_COMPLETE);
            case VerifiedComplete _ -> known(before).at(event, State.VERIFIED_COMPLETE);
            case Disputed _ -> known(before).at(event, State.DISPUTED);
            case Resumed _ -> known(before).at(event, State.IN_PROGRESS);
            case Withdrawn _ -> known(before).at(event, State.WITHDRAWN);
            case Amended amended -> known(before).amended(event, amended);
        };
    }

    private static CommitmentSlice known(@Nullable CommitmentSlice before) {
        return requireNonNull(before, "a commitment begins with its publication");
    }

    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", id.toString());
        fields.put("place", place.key());
        fields.put("lead", lead.organisation());
        fields.put("state", Kebab.of(state));
        fields.put("title", sortedTitle());
        fields.put("publishedOn", publishedOn);
        LocalDate nextDue = nextDue();
        fields.put("nextDue", nextDue);
        fields.put("dueOrder", nextDue == null ? NEVER : nextDue);
        fields.put("frequency", Kebab.of(reporting.frequency()));
        fields.put("graceDays", reporting.graceDays());
        fields.put("endedAt", endedAt);
        fields.put("latest", latest);
        fields.put("demonstration", demonstratedAt != null);
        fields.put(
                "classifications",
                classifications.stream().map(c -> c.scheme() + ":" + c.code()).toList());
        return fields;
    }

    private String sortedTitle() {
        String text = title.in(title.original()).value();
        return text.codePointCount(0, text.length()) <= SORTED_TITLE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SORTED_TITLE));
    }

    private static CommitmentSlice published(EventEnvelope event, Published published) {
        long by = event.sequence();
        List<Milestone> milestones = new ArrayList<>();
        for (CommitmentNews.Milestone milestone : published.milestones()) {
            milestones.add(scheduled(milestone, by));
        }
        return new CommitmentSlice(
                event.stream(),
                published.place(),
                published.title(),
                published.description(),
                published.lead(),
                published.by().organisation(),
                published.contact(),
                published.period(),
                published.period(),
                by,
                published.classifications(),
                published.reporting(),
                published.publishedOn(),
                by,
                0,
                State.PUBLISHED,
                event.time(),
                by,
                null,
                milestones,
                Times.recorded(event),
                Times.demonstrated(null, event));
    }

    private static Milestone scheduled(CommitmentNews.Milestone milestone, long by) {
        return new Milestone(
                milestone.id(),
                milestone.title(),
                milestone.deliverable(),
                milestone.due(),
                milestone.due(),
                Boolean.TRUE.equals(milestone.dropped()),
                MilestoneStatus.SCHEDULED,
                null,
                List.of(),
                null,
                by,
                by,
                0);
    }

    private CommitmentSlice at(EventEnvelope event, State next) {
        boolean ends = next == State.VERIFIED_COMPLETE || next == State.WITHDRAWN;
        return new CommitmentSlice(
                id,
                place,
                title,
                description,
                lead,
                publisher,
                contact,
                period,
                originalPeriod,
                periodBy,
                classifications,
                reporting,
                publishedOn,
                publishedBy,
                amendedBy,
                next,
                event.time(),
                event.sequence(),
                ends ? event.time() : endedAt,
                milestones,
                Times.later(latest, event),
                Times.demonstrated(demonstratedAt, event));
    }

    private CommitmentSlice assessed(EventEnvelope event, MilestoneAssessed assessed) {
        MilestoneStatus status =
                switch (assessed.outcome()) {
                    case MET -> MilestoneStatus.MET;
                    case PARTIALLY_MET -> MilestoneStatus.PARTIALLY_MET;
                    case NOT_MET -> MilestoneStatus.NOT_MET;
                };
        List<Milestone> next =
                milestones.stream()
                        .map(
                                milestone ->
                                        milestone.id().equals(assessed.milestone())
                                                ? assessed(milestone, event, assessed, status)
                                                : milestone)
                        .toList();
        return withMilestones(next, event);
    }

    private static Milestone assessed(
            Milestone milestone,
            EventEnvelope event,
            MilestoneAssessed assessed,
            MilestoneStatus status) {
        return new Milestone(
                milestone.id(),
                milestone.title(),
                milestone.deliverable(),
                milestone.due(),
                milestone.originalDue(),
                milestone.dropped(),
                status,
                assessed.metOn(),
                Stream.concat(milestone.evidence().stream(), assessed.evidence().stream())
                        .distinct()
                        .toList(),
                assessed.note(),
                milestone.definedBy(),
                milestone.dueBy(),
                event.sequence());
    }

    private CommitmentSlice withMilestones(List<Milestone> next, EventEnvelope event) {
        return new CommitmentSlice(
                id,
                place,
                title,
                description,
                lead,
                publisher,
                contact,
                period,
                originalPeriod,
                periodBy,
                classifications,
                reporting,
                publishedOn,
                publishedBy,
                amendedBy,
                state,
                stateAt,
                stateBy,
                endedAt,
                next,
                Times.later(latest, event),
                Times.demonstrated(demonstratedAt, event));
    }

    private CommitmentSlice amended(EventEnvelope event, Amended amended) {
        long by = event.sequence();
        List<Milestone> next = new ArrayList<>();
        for (CommitmentNews.Milestone milestone : amended.milestones()) {
            next.add(
                    milestones.stream()
                            .filter(known -> known.id().equals(milestone.id()))
                            .findFirst()
                            .map(known -> changed(known, milestone, by))
                            .orElseGet(() -> scheduled(milestone, by)));
        }
        return new CommitmentSlice(
                id,
                place,
                title,
                amended.description(),
                lead,
                publisher,
                amended.contact(),
                amended.period(),
                originalPeriod,
                amended.period().equals(period) ? periodBy : by,
                classifications,
                reporting,
                publishedOn,
                publishedBy,
                by,
                state,
                stateAt,
                stateBy,
                endedAt,
                next,
                Times.later(latest, event),
                Times.demonstrated(demonstratedAt, event));
    }

    private static Milestone changed(Milestone known, CommitmentNews.Milestone after, long by) {
        boolean dropped = Boolean.TRUE.equals(after.dropped());
        boolean changed =
                !known.title().equals(after.title())
                        || !known.deliverable().equals(after.deliverable())
                        || known.dropped() != dropped;
        return new Milestone(
                known.id(),
                after.title(),
                after.deliverable(),
                after.due(),
                known.originalDue(),
                dropped,
                known.status(),
                known.metOn(),
                known.evidence(),
                known.note(),
                changed ? by : known.definedBy(),
                known.due().equals(after.due()) ? known.dueBy() : by,
                known.assessedBy());
    }
}
