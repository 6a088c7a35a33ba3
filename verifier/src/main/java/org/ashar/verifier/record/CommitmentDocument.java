package org.ashar.verifier.record;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What the log gives for a commitment's record: the whole of it, and each of its lists in full. */
final class CommitmentDocument {

    private static final String WITHDRAWN = "commitment-withdrawn";

    private final Promise promise;
    private final CommitmentFold commitment;
    private final Times times;
    private final List<ObjectNode> history;

    CommitmentDocument(Promise promise, Times times) {
        this.promise = promise;
        this.commitment = promise.commitment;
        this.times = times;
        this.history =
                Stream.concat(
                                commitment.history.values().stream(),
                                promise.budgets.stream().flatMap(b -> b.history.values().stream()))
                        .sorted(Comparator.comparing(History.NEWEST::of).reversed())
                        .toList();
    }

    /** All but the lists. */
    ObjectNode whole() {
        ObjectNode whole = Members.object();
        whole.put("id", ReportsDue.idOf(commitment.stream));
        whole.put("asOf", promise.asOf().toString());
        whole.put("on", times.on().toString());
        ObjectNode restsOn = whole.putObject("restsOn");
        promise.restsOn.forEach(restsOn::put);
        whole.set("commitment", commitment());
        whole.set("state", state(commitment.state, commitment.since, own(commitment.stateBy)));
        whole.set("lateness", lateness());
        whole.set("milestones", milestones());
        Sums sums = new Sums();
        promise.budgets.forEach(sums::add);
        whole.putObject("money").set("totals", sums.document());
        whole.set("reports", due());
        whole.set(
                "withdrawal",
                ofKinds(List.of(WITHDRAWN)).stream()
                        .<JsonNode>map(item -> item)
                        .findFirst()
                        .orElse(NullNode.getInstance()));
        return whole;
    }

    private ObjectNode commitment() {
        JsonNode published = commitment.published;
        ObjectNode says = Members.object();
        says.set("place", Members.place(published.path("place")));
        says.set("title", published.path("title"));
        says.set("description", commitment.description);
        says.set("lead", Members.pick(published.path("lead"), "organisation", "name"));
        says.set("contact", Members.pick(commitment.contact, "office", "phone", "email"));
        says.set("period", commitment.period);
        says.set("originalPeriod", Members.period(published.path("period")));
        says.set(
                "classifications",
                Members.pickEach(published.path("classifications"), "scheme", "code"));
        says.set("reporting", Members.pick(published.path("reporting"), "frequency", "graceDays"));
        says.put("publishedOn", commitment.publishedOn.toString());
        says.set("events", own(commitment.publishedBy, commitment.periodBy, commitment.amendedBy));
        return says;
    }

    private static ObjectNode state(String value, Instant since, ArrayNode events) {
        return Members.object()
                .put("value", value)
                .put("since", since.toString())
                .set("events", events);
    }

    private ObjectNode lateness() {
        LocalDate nextDue = commitment.nextDue();
        ObjectNode says = Members.object();
        says.put("late", times.isLate(nextDue));
        says.put("nextDue", nextDue == null ? null : nextDue.toString());
        says.put("days", times.daysLate(nextDue));
        says.set(
                "milestones",
                Members.texts(
                        commitment.milestones.stream()
                                .filter(this::isLate)
                                .map(milestone -> milestone.id)
                                .toList()));
        return says;
    }

    private boolean isLate(CommitmentFold.Milestone milestone) {
        return commitment.isOpen() && milestone.isOpen() && times.isLate(milestone.due);
    }

    private ArrayNode milestones() {
        ArrayNode milestones = Members.array();
        for (CommitmentFold.Milestone milestone : commitment.milestones) {
            ObjectNode says = milestones.addObject();
            says.put("id", milestone.id);
            says.set("title", milestone.title);
            says.set("deliverable", milestone.deliverable);
            says.put("status", milestone.status);
            says.put("due", milestone.due.toString());
            says.put("originalDue", milestone.originalDue.toString());
            says.put("dropped", milestone.dropped);
            says.put("late", isLate(milestone));
            says.put("daysLate", isLate(milestone) ? times.daysLate(milestone.due) : 0);
            says.set("metOn", milestone.metOn);
            says.set("note", milestone.note);
            says.set("evidence", milestone.evidence);
            says.set("events", own(milestone.definedBy, milestone.dueBy, milestone.assessedBy));
        }
        return milestones;
    }

    private ObjectNode due() {
        List<ReportsDue.Due> due = promise.due(times);
        ObjectNode says = Members.object();
        says.set("due", Members.nodes(due.stream().map(one -> one.document(commitment)).toList()));
        says.put("overdue", due.stream().filter(one -> one.standing().equals("overdue")).count());
        return says;
    }

    /** Every budget. */
    List<ObjectNode> budgets() {
        return promise.budgets.stream().map(CommitmentDocument::budget).toList();
    }

    private static ObjectNode budget(BudgetFold budget) {
        ObjectNode says = Members.object();
        says.put("id", ReportsDue.idOf(budget.stream));
        says.set("title", budget.proposed.path("title"));
        says.set("period", Members.period(budget.proposed.path("period")));
        says.set("state", state(budget.state, budget.since, Members.texts(budget.ids("state"))));
        says.set("approval", budget.approval);
        says.set("total", figure(budget.total, budget, "promised"));
        says.set("adjusted", figure(budget.adjusted, budget, "adjusted"));
        says.set("spent", figure(budget.spent, budget, "spent"));
        says.set("refunded", figure(budget.refunded, budget, "refunded"));
        Amount over = budget.overspent();
        says.set(
                "overspent",
                Sums.figure(over, over.isZero() ? List.of() : budget.events("overspent")));
        ArrayNode sources = says.putArray("sources");
        for (BudgetFold.Source source : budget.sources) {
            ObjectNode from = sources.addObject();
            from.put("kind", source.kind());
            from.set("name", source.name());
            from.set("amount", figure(source.amount(), budget, "adjusted"));
        }
        says.put("entries", budget.entries);
        return says;
    }

    private static ObjectNode figure(Amount amount, BudgetFold budget, String figure) {
        return Sums.figure(amount, budget.events(figure));
    }

    /** Every entry of money spent, the newest first. */
    List<ObjectNode> spending() {
        return promise.budgets.stream()
                .flatMap(budget -> budget.spending.values().stream())
                .sorted(Comparator.comparing(BudgetFold.NEWEST::of).reversed())
                .toList();
    }

    /** Every report without its texts, the newest period first. */
    List<ObjectNode> reports() {
        return promise.reports.stream().map(this::report).toList();
    }

    private ObjectNode report(ReportFold report) {
        ObjectNode says = Members.object();
        says.put("id", ReportsDue.idOf(report.stream));
        says.put("period", report.period.id());
        says.set("days", ReportsDue.days(report.period));
        says.put("status", report.status);
        says.put("publishedOn", times.day(report.publishedAt).toString());
        says.put("corrections", report.corrections);
        says.set("events", events(report.stream, report.publishedBy, report.correctedBy));
        return says;
    }

    /** What happened to promise and money, the newest first. */
    List<ObjectNode> history() {
        return history;
    }

    /** What of that is of these kinds. */
    List<ObjectNode> ofKinds(List<String> kinds) {
        return history.stream()
                .filter(item -> kinds.contains(item.path("entry").path("kind").asString("")))
                .toList();
    }

    private ArrayNode own(long... sequences) {
        return events(commitment.stream, sequences);
    }

    private static ArrayNode events(String stream, long... sequences) {
        return Members.texts(
                Arrays.stream(sequences)
                        .filter(sequence -> sequence > 0)
                        .distinct()
                        .mapToObj(sequence -> stream + "@" + sequence)
                        .toList());
    }
}
