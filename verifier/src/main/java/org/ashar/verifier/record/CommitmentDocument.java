package org.ashar.verifier.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the served record of a commitment against what the log gives. */
public final class CommitmentDocument {

    /** How much of its growing lists a record shows. */
    private static final int BUDGETS = 50;

    private static final int SPENDING = 20;
    private static final int HISTORY = 50;
    private static final int REPORTS = 12;
    private static final int VERSIONS = 200;

    private static final List<String> AMENDED = List.of("commitment-amended");
    private static final List<String> DISPUTED =
            List.of("commitment-disputed", "commitment-resumed");
    private static final List<String> WITHDRAWN = List.of("commitment-withdrawn");

    private final Promise promise;
    private final CommitmentFold commitment;
    private final JsonNode record;
    private final Times times;
    private final Comparison comparison;

    private CommitmentDocument(Promise promise, JsonNode record, Times times, Index index) {
        this.promise = promise;
        this.commitment = promise.commitment;
        this.record = record;
        this.times = times;
        this.comparison = new Comparison(commitment.stream, index);
    }

    /**
     * What came out.
     *
     * @param unknown members of the document that were not judged
     */
    public record Judged(List<Difference> differences, SortedSet<String> unknown) {}

    /**
     * Judges all that the document says.
     *
     * @param promise folded up to the sequences that the document rests on
     * @param on the day that it was asked for
     * @param zone where days end at midnight
     */
    public static Judged judge(
            Promise promise, JsonNode record, LocalDate on, ZoneId zone, Index index) {
        CommitmentDocument document =
                new CommitmentDocument(promise, record, new Times(on, zone), index);
        document.judge();
        return new Judged(
                document.comparison.differences(), document.comparison.unknown());
    }

    private void judge() {
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
        whole.set("money", Members.object().set("totals", sums.document()));
        whole.set("reports", reports());
        List<ObjectNode> history = history();
        whole.set("withdrawal", ofKinds(history, WITHDRAWN).stream().findFirst()
                .<JsonNode>map(item -> item).orElse(NullNode.getInstance()));
        whole.set("history", Members.object());
        compare(whole);
        lists(history);
    }

    /** Members of the second level are judged where the lists are. */
    private void compare(ObjectNode whole) {
        JsonNode judged = record.deepCopy();
        if (judged.path("money") instanceof ObjectNode money) {
            money.remove(List.of("budgets", "spending"));
        }
        if (judged.path("reports") instanceof ObjectNode reports) {
            reports.remove("published");
        }
        if (judged.path("history") instanceof ObjectNode history) {
            history.remove("items");
        }
        if (judged instanceof ObjectNode document) {
            document.remove(
                    List.of("amendments", "disputes", "incompleteSince", "cutAt", "zone"));
        }
        comparison.same("", whole, judged, promise.own());
    }

    private void lists(List<ObjectNode> history) {
        turns("amendments", ofKinds(history, AMENDED));
        turns("disputes", ofKinds(history, DISPUTED));
        comparison.beginning(
                "/history/items",
                "event",
                byName("event", history),
                History.NEWEST,
                HISTORY,
                record.path("history").path("items"));
        comparison.beginning(
                "/money/budgets/items",
                "id",
                byName("id", promise.budgets.stream().map(this::budget).toList()),
                Comparison.Order.NONE,
                BUDGETS,
                record.path("money").path("budgets").path("items"));
        comparison.beginning(
                "/money/spending/items",
                "event",
                byName(
                        "event",
                        promise.budgets.stream()
                                .flatMap(budget -> budget.spending.values().stream())
                                .toList()),
                item -> item.path("entry").path("spentOn").asString(""),
                SPENDING,
                record.path("money").path("spending").path("items"));
        published(record.path("reports").path("published").path("items"));
    }

    private void turns(String name, List<ObjectNode> log) {
        comparison.beginning(
                "/" + name,
                "event",
                byName("event", log),
                History.NEWEST,
                log.size(),
                record.path(name));
    }

    private void published(JsonNode items) {
        List<ReportFold> shown = promise.reports.stream().limit(REPORTS).toList();
        comparison.beginning(
                "/reports/published/items",
                "id",
                byName("id", promise.reports.stream().map(this::report).toList()),
                item -> item.path("days").path("start").asString(""),
                REPORTS,
                withoutVersions(items));
        long all = shown.stream().mapToLong(report -> report.versions.size()).sum();
        for (int at = 0; at < items.size(); at++) {
            JsonNode versions = items.path(at).path("versions");
            String id = items.path(at).path("id").asString("");
            Map<String, ObjectNode> log =
                    shown.stream()
                            .filter(report -> ReportsDue.idOf(report.stream).equals(id))
                            .findFirst()
                            .map(report -> report.versions)
                            .orElse(Map.of());
            comparison.beginning(
                    "/reports/published/items/" + at + "/versions",
                    "event",
                    log,
                    Comparison.Order.NONE,
                    all <= VERSIONS ? log.size() : Math.min(log.size(), versions.size()),
                    versions);
        }
    }

    private static JsonNode withoutVersions(JsonNode items) {
        JsonNode copy = items.deepCopy();
        for (JsonNode item : copy) {
            if (item instanceof ObjectNode report) {
                report.remove("versions");
            }
        }
        return copy;
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
        says.set(
                "events",
                own(commitment.publishedBy, commitment.periodBy, commitment.amendedBy));
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
        return Members.object()
                .put("late", times.isLate(nextDue))
                .put("nextDue", nextDue == null ? null : nextDue.toString())
                .put("days", times.daysLate(nextDue))
                .set(
                        "milestones",
                        Members.texts(
                                commitment.milestones.stream()
                                        .filter(this::isLate)
                                        .map(milestone -> milestone.id)
                                        .toList()));
    }

    private boolean isLate(CommitmentFold.Milestone milestone) {
        return commitment.isOpen() && milestone.isOpen() && times.isLate(milestone.due);
    }

    private ArrayNode milestones() {
        ArrayNode milestones = Members.array();
        for (CommitmentFold.Milestone milestone : commitment.milestones) {
            ObjectNode says = Members.object();
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
            milestones.add(says);
        }
        return milestones;
    }

    private ObjectNode budget(BudgetFold budget) {
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
            sources.add(
                    Members.object()
                            .put("kind", source.kind())
                            .<ObjectNode>set("name", source.name())
                            .set("amount", figure(source.amount(), budget, "adjusted")));
        }
        says.put("entries", budget.entries);
        return says;
    }

    private static ObjectNode figure(Amount amount, BudgetFold budget, String figure) {
        return Sums.figure(amount, budget.events(figure));
    }

    private ObjectNode reports() {
        List<ReportsDue.Due> due = promise.due(times);
        return Members.object()
                .<ObjectNode>set(
                        "due",
                        Members.nodes(due.stream().map(one -> one.document(commitment)).toList()))
                .put(
                        "overdue",
                        due.stream().filter(one -> one.standing().equals("overdue")).count());
    }

    private ObjectNode report(ReportFold report) {
        ObjectNode says = Members.object();
        says.put("id", ReportsDue.idOf(report.stream));
        says.put("period", report.period.id());
        says.set("days", ReportsDue.days(report.period));
        says.put("status", report.status);
        says.put("publishedOn", times.day(report.publishedAt).toString());
        says.put("corrections", report.corrections);
        says.set(
                "events",
                Members.texts(
                        Stream.of(report.publishedBy, report.correctedBy)
                                .filter(sequence -> sequence > 0)
                                .map(sequence -> report.stream + "@" + sequence)
                                .toList()));
        return says;
    }

    /** Of promise and money, the newest first. */
    private List<ObjectNode> history() {
        return Stream.concat(
                        commitment.history.values().stream(),
                        promise.budgets.stream()
                                .flatMap(budget -> budget.history.values().stream()))
                .sorted(Comparator.comparing(History.NEWEST::of).reversed())
                .toList();
    }

    private static List<ObjectNode> ofKinds(List<ObjectNode> history, List<String> kinds) {
        return history.stream()
                .filter(item -> kinds.contains(item.path("entry").path("kind").asString("")))
                .toList();
    }

    private static Map<String, ObjectNode> byName(String key, List<ObjectNode> items) {
        Map<String, ObjectNode> byName = new LinkedHashMap<>();
        items.forEach(item -> byName.put(item.path(key).asString(""), item));
        return byName;
    }

    private ArrayNode own(long... sequences) {
        ArrayNode events = Members.array();
        for (long sequence : java.util.Arrays.stream(sequences).distinct().sorted().toArray()) {
            if (sequence > 0) {
                events.add(commitment.stream + "@" + sequence);
            }
        }
        return events;
    }
}
