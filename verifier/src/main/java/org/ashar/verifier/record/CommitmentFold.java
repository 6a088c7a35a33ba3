package org.ashar.verifier.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A promise, as its own events tell it. Sequences called {@code …By} are 0 where there is none. */
final class CommitmentFold {

    private static final String TYPES = "org.ashar.budget-commitments.";
    private static final Map<String, String> STATES =
            Map.of(
                    "commitment-published", "published",
                    "commitment-started", "in-progress",
                    "commitment-reported-complete", "reported-complete",
                    "commitment-verified-complete", "verified-complete",
                    "commitment-disputed", "disputed",
                    "commitment-resumed", "in-progress",
                    "commitment-withdrawn", "withdrawn");
    private static final Set<String> OPEN = Set.of("published", "in-progress", "disputed");
    private static final int DAY = "2025-12-31".length();
    private static final Set<String> ENDED = Set.of("verified-complete", "withdrawn");

    /** A step of the promise. */
    static final class Milestone {
        final String id;
        JsonNode title;
        JsonNode deliverable;
        LocalDate due;
        final LocalDate originalDue;
        boolean dropped;
        String status = "scheduled";
        JsonNode metOn = NullNode.getInstance();
        JsonNode note = NullNode.getInstance();
        final ArrayNode evidence = Members.array();
        long definedBy;
        long dueBy;
        long assessedBy;

        Milestone(LoggedEvent event, JsonNode from) throws UnreadableEventException {
            id = event.text(from, "id");
            title = event.need(from, "title");
            deliverable = event.need(from, "deliverable");
            due = date(event, from, "due");
            originalDue = due;
            dropped = from.path("dropped").asBoolean(false);
            definedBy = event.sequence();
            dueBy = event.sequence();
        }

        void amend(LoggedEvent event, JsonNode from) throws UnreadableEventException {
            Milestone after = new Milestone(event, from);
            if (!title.equals(after.title)
                    || !deliverable.equals(after.deliverable)
                    || dropped != after.dropped) {
                definedBy = event.sequence();
            }
            if (!due.equals(after.due)) {
                dueBy = event.sequence();
            }
            title = after.title;
            deliverable = after.deliverable;
            due = after.due;
            dropped = after.dropped;
        }

        void assess(LoggedEvent event) throws UnreadableEventException {
            status = event.text("outcome");
            metOn = orNull(event.data().path("metOn"));
            note = orNull(event.data().path("note"));
            for (JsonNode file : Members.evidence(event.data().path("evidence"))) {
                if (evidence.valueStream().noneMatch(file::equals)) {
                    evidence.add(file);
                }
            }
            assessedBy = event.sequence();
        }

        boolean isOpen() {
            return !dropped && !status.equals("met");
        }
    }

    final String stream;
    final JsonNode published;
    final LocalDate publishedOn;
    JsonNode description;
    JsonNode contact;
    JsonNode period;
    LocalDate end;
    String state = "published";
    Instant since;
    @Nullable Instant endedAt;
    long publishedBy;
    long periodBy;
    long amendedBy;
    long stateBy;
    List<Milestone> milestones = new ArrayList<>();

    /** What happened, in order: entries of the record's history. */
    final Map<String, ObjectNode> history = new LinkedHashMap<>();

    /** Folds all events of the stream, of which there is at least one. */
    CommitmentFold(List<LoggedEvent> events) throws UnreadableEventException {
        LoggedEvent first = events.getFirst();
        if (!first.type().equals(TYPES + "commitment-published.v1")) {
            throw first.unreadable("a commitment begins with its publication");
        }
        stream = first.stream();
        published = first.data();
        publishedOn = date(first, published, "publishedOn");
        description = first.need("description");
        contact = first.need("contact");
        period = Members.period(first.need("period"));
        end = date(first, period, "end");
        publishedBy = first.sequence();
        periodBy = first.sequence();
        since = first.at();
        for (JsonNode milestone : first.need("milestones")) {
            milestones.add(new Milestone(first, milestone));
        }
        for (LoggedEvent event : events) {
            apply(event);
        }
    }

    private void apply(LoggedEvent event) throws UnreadableEventException {
        if (!event.type().startsWith(TYPES)) {
            throw event.unreadable("another service's event");
        }
        String fact = event.fact();
        boolean known =
                STATES.containsKey(fact)
                        || fact.equals("milestone-assessed")
                        || fact.equals("commitment-amended");
        if (!known) {
            return;
        }
        if (!event.type().endsWith(".v1")) {
            throw event.unreadable("a newer form of " + fact);
        }
        String next = STATES.get(fact);
        if (next != null) {
            state = next;
            since = event.at();
            stateBy = event.sequence();
            endedAt = ENDED.contains(next) ? event.at() : endedAt;
        } else if (fact.equals("milestone-assessed")) {
            String assessed = event.text("milestone");
            for (Milestone milestone : milestones) {
                if (milestone.id.equals(assessed)) {
                    milestone.assess(event);
                }
            }
        } else {
            amend(event);
        }
        history.put(event.id(), history(event));
    }

    private void amend(LoggedEvent event) throws UnreadableEventException {
        JsonNode after = Members.period(event.need("period"));
        periodBy = after.equals(period) ? periodBy : event.sequence();
        period = after;
        end = date(event, period, "end");
        description = event.need("description");
        contact = event.need("contact");
        amendedBy = event.sequence();
        List<Milestone> next = new ArrayList<>();
        for (JsonNode milestone : event.need("milestones")) {
            String id = event.text(milestone, "id");
            Milestone known =
                    milestones.stream().filter(m -> m.id.equals(id)).findFirst().orElse(null);
            if (known == null) {
                next.add(new Milestone(event, milestone));
            } else {
                known.amend(event, milestone);
                next.add(known);
            }
        }
        milestones = next;
    }

    private static ObjectNode history(LoggedEvent event) throws UnreadableEventException {
        JsonNode data = event.data();
        ObjectNode entry = History.entry(event);
        switch (event.fact()) {
            case "milestone-assessed" -> {
                entry.set("text", orNull(data.path("note")));
                entry.set("assessment", Members.pick(data, "milestone", "outcome", "metOn"));
            }
            case "commitment-amended" -> {
                entry.set("text", orNull(data.path("rationale")));
                entry.set("amendment", amendment(data));
            }
            case "commitment-disputed", "commitment-withdrawn" ->
                    entry.set("text", orNull(data.path("reason")));
            case "commitment-resumed" -> entry.set("text", orNull(data.path("response")));
            default -> entry.set("text", orNull(data.path("statement")));
        }
        return History.item(event, entry);
    }

    private static ObjectNode amendment(JsonNode data) {
        ArrayNode milestones = Members.array();
        for (JsonNode milestone : data.path("milestones")) {
            milestones.add(
                    Members.object()
                            .set("milestone", milestone.path("id"))
                            .set("due", milestone.path("due"))
                            .put("dropped", milestone.path("dropped").asBoolean(false)));
        }
        return Members.object()
                .set("period", Members.period(data.path("period")))
                .set("milestones", milestones);
    }

    boolean isOpen() {
        return OPEN.contains(state);
    }

    /** The first day on which something still to be done is due. */
    @Nullable LocalDate nextDue() {
        return isOpen()
                ? Stream.concat(
                                milestones.stream().filter(Milestone::isOpen).map(m -> m.due),
                                Stream.of(end))
                        .min(LocalDate::compareTo)
                        .orElse(null)
                : null;
    }

    static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? NullNode.getInstance() : node;
    }

    static LocalDate date(LoggedEvent event, JsonNode in, String name)
            throws UnreadableEventException {
        String text = event.text(in, name);
        if (text.length() == DAY) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw event.unreadable(name + " is no date: " + e.getMessage());
            }
        }
        throw event.unreadable(name + " is no date");
    }
}
