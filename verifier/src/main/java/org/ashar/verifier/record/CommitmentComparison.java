package org.ashar.verifier.record;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the served record of a commitment against what the log gives. */
public final class CommitmentComparison {

    /** How much of its growing lists a record shows. */
    private static final int BUDGETS = 50;

    private static final int SPENDING = 20;
    private static final int HISTORY = 50;
    private static final int REPORTS = 12;
    private static final int VERSIONS = 200;

    /** What holds one of the lists, and may say more beside it. */
    private static final List<String> LISTS =
            List.of("/money/budgets", "/money/spending", "/reports/published", "/history");

    /** What no amendment changes. */
    private static final List<String> FIXED =
            List.of(
                    "place",
                    "title",
                    "lead",
                    "originalPeriod",
                    "classifications",
                    "reporting",
                    "publishedOn");

    private static final Set<String> MAPS = Set.of("restsOn", "texts");
    private static final Map<String, List<String>> TURNS =
            Map.of(
                    "amendments", List.of("commitment-amended"),
                    "disputes", List.of("commitment-disputed", "commitment-resumed"));

    private final Promise promise;
    private final CommitmentDocument log;
    private final JsonNode record;
    private final ZoneId zone;
    private final Comparison comparison;

    private CommitmentComparison(Promise promise, JsonNode record, Times times, Index index) {
        this.promise = promise;
        this.log = new CommitmentDocument(promise, times);
        this.record = record;
        this.zone = times.zone();
        this.comparison = new Comparison(promise.commitment.stream, index, MAPS);
    }

    /**
     * Judges all that the document says.
     *
     * @param promise folded up to the sequences that the document rests on
     * @param on the day that it was asked for
     * @param zone where days end at midnight
     */
    public static Judgement judge(
            Promise promise, JsonNode record, LocalDate on, ZoneId zone, Index index) {
        CommitmentComparison one =
                new CommitmentComparison(promise, record, new Times(on, zone), index);
        one.whole();
        one.lists();
        return one.comparison.judgement();
    }

    /**
     * Judges what no later event changes: what the publication fixed, and the entries of the events
     * that are known.
     *
     * @param promise folded less far than the document
     */
    public static Judgement judgeEntries(
            Promise promise, JsonNode record, LocalDate on, ZoneId zone, Index index) {
        CommitmentComparison one =
                new CommitmentComparison(promise, record, new Times(on, zone), index);
        one.fixed();
        one.entries();
        return one.comparison.judgement();
    }

    private void fixed() {
        JsonNode says = log.whole().path("commitment");
        for (String name : FIXED) {
            comparison.same(
                    "/commitment/" + name,
                    says.path(name),
                    record.path("commitment").path(name),
                    promise.own().subList(0, 1));
        }
    }

    private void entries() {
        TURNS.forEach(
                (name, kinds) ->
                        comparison.among(
                                "/" + name,
                                byName("event", log.ofKinds(kinds)),
                                Integer.MAX_VALUE,
                                record.path(name)));
        comparison.among(
                "/history/items",
                byName("event", log.history()),
                HISTORY,
                record.path("history").path("items"));
        comparison.among(
                "/money/spending/items",
                byName("event", log.spending()),
                SPENDING,
                record.path("money").path("spending").path("items"));
        JsonNode reports = record.path("reports").path("published").path("items");
        boolean all = shownVersions(reports) < VERSIONS;
        for (int at = 0; at < reports.size(); at++) {
            comparison.among(
                    "/reports/published/items/" + at + "/versions",
                    versions(reports.path(at)),
                    all ? Integer.MAX_VALUE : 0,
                    reports.path(at).path("versions"));
        }
    }

    private void whole() {
        JsonNode judged = record.deepCopy();
        without(judged, "amendments", "disputes", "incompleteSince", "cutAt");
        ObjectNode whole = log.whole();
        for (String list : LISTS) {
            without(judged.at(list), "items");
            whole.withObject(list);
        }
        if (record.has("zone")) {
            whole.put("zone", zone.getId());
        }
        comparison.same("", whole, judged, promise.own());
    }

    private void lists() {
        TURNS.forEach(
                (name, kinds) -> {
                    List<ObjectNode> turns = log.ofKinds(kinds);
                    comparison.beginning(
                            "/" + name,
                            "event",
                            byName("event", turns),
                            History.NEWEST,
                            turns.size(),
                            record.path(name));
                });
        comparison.beginning(
                "/history/items",
                "event",
                byName("event", log.history()),
                History.NEWEST,
                HISTORY,
                record.path("history").path("items"));
        comparison.beginning(
                "/money/budgets/items",
                "id",
                byName("id", log.budgets()),
                Comparison.Order.NONE,
                BUDGETS,
                record.path("money").path("budgets").path("items"));
        comparison.beginning(
                "/money/spending/items",
                "event",
                byName("event", log.spending()),
                BudgetFold.NEWEST,
                SPENDING,
                record.path("money").path("spending").path("items"));
        reports(record.path("reports").path("published").path("items"));
    }

    private void reports(JsonNode items) {
        JsonNode withoutVersions = items.deepCopy();
        withoutVersions.forEach(item -> without(item, "versions"));
        comparison.beginning(
                "/reports/published/items",
                "id",
                byName("id", log.reports()),
                item -> item.path("days").path("start").asString(""),
                REPORTS,
                withoutVersions);
        int all = items.valueStream().mapToInt(item -> versions(item).size()).sum();
        int shown = shownVersions(items);
        for (int at = 0; at < items.size(); at++) {
            JsonNode versions = items.path(at).path("versions");
            Map<String, ObjectNode> told = versions(items.path(at));
            comparison.beginning(
                    "/reports/published/items/" + at + "/versions",
                    "event",
                    told,
                    Comparison.Order.NONE,
                    all <= VERSIONS ? told.size() : Math.min(told.size(), versions.size()),
                    versions);
        }
        if (all > VERSIONS && shown != VERSIONS) {
            comparison.differ(
                    "/reports/published/items",
                    IntNode.valueOf(shown),
                    IntNode.valueOf(VERSIONS),
                    List.of());
        }
    }

    private static int shownVersions(JsonNode items) {
        return items.valueStream().mapToInt(item -> item.path("versions").size()).sum();
    }

    private Map<String, ObjectNode> versions(JsonNode item) {
        String report = item.path("id").asString("");
        return promise.reports.stream()
                .filter(one -> ReportsDue.idOf(one.stream).equals(report))
                .findFirst()
                .map(one -> one.versions)
                .orElse(Map.of());
    }

    private static void without(JsonNode document, String... names) {
        if (document instanceof ObjectNode members) {
            members.remove(List.of(names));
        }
    }

    private static Map<String, ObjectNode> byName(String key, List<ObjectNode> items) {
        Map<String, ObjectNode> byName = new LinkedHashMap<>();
        items.forEach(item -> byName.put(item.path(key).asString(""), item));
        return byName;
    }
}
