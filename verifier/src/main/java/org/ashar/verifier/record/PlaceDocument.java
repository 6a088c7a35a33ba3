package org.ashar.verifier.record;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the log gives for a place: gathered promise by promise, of which none is kept. */
public final class PlaceDocument {

    private static final Set<String> MAPS = Set.of("byState", "texts");

    private final String place;
    private final Times times;
    private final Map<String, ObjectNode> rows = new LinkedHashMap<>();
    private final Map<String, Long> byState = new TreeMap<>();
    private final Map<String, Long> due = new TreeMap<>();
    private final Sums sums = new Sums();
    private Instant asOf = Instant.MIN;
    private boolean demonstration;
    private long streams;
    private long events;
    private long late;
    private long overspent;
    private long published;
    private long corrected;

    /**
     * @param place {@code <scheme>/<code>}
     * @param on the day that the place's record is asked for
     * @param zone where days end at midnight
     */
    public PlaceDocument(String place, LocalDate on, ZoneId zone) {
        this.place = place;
        this.times = new Times(on, zone);
    }

    /** Counts one more promise for this place. */
    public void add(Promise promise) {
        CommitmentFold commitment = promise.commitment;
        rows.put(ReportsDue.idOf(commitment.stream), row(promise));
        streams += promise.restsOn.size();
        events += promise.restsOn.values().stream().mapToLong(Long::longValue).sum();
        byState.merge(commitment.state, 1L, Long::sum);
        promise.due(times).forEach(one -> due.merge(one.standing(), 1L, Long::sum));
        promise.budgets.forEach(sums::add);
        asOf = promise.asOf().isAfter(asOf) ? promise.asOf() : asOf;
        demonstration |= promise.isDemonstration();
        late += times.isLate(commitment.nextDue()) ? 1 : 0;
        overspent += isOverspent(promise) ? 1 : 0;
        published += promise.reports.size();
        corrected += promise.reports.stream().filter(report -> report.corrections > 0).count();
    }

    /**
     * Judges all that the place's document says.
     *
     * @param record with the rows of all pages in it, resting on just what was added here
     */
    public Judgement judge(JsonNode record, Index index) {
        Comparison comparison = new Comparison("place/" + place, index, MAPS);
        JsonNode judged = record.deepCopy();
        if (judged instanceof ObjectNode document) {
            document.remove(List.of("incompleteSince", "cutAt"));
        }
        if (judged.path("commitments") instanceof ObjectNode list) {
            list.remove("items");
        }
        ObjectNode whole = figures();
        whole.putObject("commitments");
        if (record.has("zone")) {
            whole.put("zone", times.zone().getId());
        }
        comparison.same("", whole, judged, List.of());
        comparison.beginning(
                "/commitments/items",
                "id",
                rows,
                row -> row.path("publishedOn").asString(""),
                rows.size(),
                record.path("commitments").path("items"));
        return comparison.judgement();
    }

    /** How many streams it rests on. */
    public long streams() {
        return streams;
    }

    /** How many events it rests on. */
    public long events() {
        return events;
    }

    /** One line a promise. */
    Collection<ObjectNode> rows() {
        return rows.values();
    }

    /** All but the list. */
    ObjectNode figures() {
        ObjectNode whole = Members.object();
        int slash = place.indexOf('/');
        whole.putObject("place")
                .put("scheme", place.substring(0, slash))
                .put("code", place.substring(slash + 1));
        whole.putObject("restsOn").put("streams", streams).put("events", events);
        whole.put("asOf", asOf.toString());
        whole.put("on", times.on().toString());
        whole.put("demonstration", demonstration);
        ObjectNode counts = whole.putObject("counts");
        counts.put("commitments", rows.size());
        ObjectNode states = counts.putObject("byState");
        byState.forEach(states::put);
        counts.put("late", late);
        counts.put("disputed", byState.getOrDefault("disputed", 0L));
        counts.put("overspent", overspent);
        whole.set("money", sums.withoutEvents());
        whole.putObject("reports")
                .put("published", published)
                .put("corrected", corrected)
                .put("due", due.getOrDefault("due", 0L))
                .put("overdue", due.getOrDefault("overdue", 0L));
        return whole;
    }

    private static boolean isOverspent(Promise promise) {
        return promise.budgets.stream().anyMatch(budget -> !budget.overspent().isZero());
    }

    private ObjectNode row(Promise promise) {
        CommitmentFold commitment = promise.commitment;
        LocalDate nextDue = commitment.nextDue();
        Sums money = new Sums();
        promise.budgets.forEach(money::add);
        ObjectNode row = Members.object();
        row.put("id", ReportsDue.idOf(commitment.stream));
        row.set("title", commitment.published.path("title"));
        row.set("lead", Members.pick(commitment.published.path("lead"), "organisation", "name"));
        row.put("state", commitment.state);
        row.set("period", commitment.period);
        row.put("publishedOn", commitment.publishedOn.toString());
        row.put("nextDue", nextDue == null ? null : nextDue.toString());
        row.put("late", times.isLate(nextDue));
        row.put("daysLate", times.daysLate(nextDue));
        row.put("overspent", isOverspent(promise));
        row.put("milestones", commitment.milestones.stream().filter(m -> !m.dropped).count());
        row.put(
                "milestonesMet",
                commitment.milestones.stream().filter(m -> m.status.equals("met")).count());
        row.set("money", money.document());
        row.put("sequence", promise.restsOn.get(commitment.stream));
        return row;
    }
}
