package org.ashar.verifier.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Money promised for a commitment, as its own events tell it. What was spent is summed here from
 * the entries, whatever sums the events state.
 */
final class BudgetFold {

    private static final String TYPES = "org.ashar.budget-commitments.";
    private static final Map<String, String> STATES =
            Map.of(
                    "budget-proposed", "proposed",
                    "budget-approved", "approved",
                    "budget-committed", "committed",
                    "budget-executed", "executed",
                    "budget-closed", "closed",
                    "budget-lapsed", "lapsed",
                    "budget-cancelled", "cancelled");
    private static final Set<String> OTHERS =
            Set.of("budget-adjusted", "spending-recorded", "overspend-detected");

    /** The order of entries of spending, the newest first. */
    static final Comparison.Order NEWEST = item -> item.path("entry").path("spentOn").asString("");

    /** Where some of the money comes from. */
    record Source(String kind, JsonNode name, Amount amount) {}

    final String stream;
    final String commitment;
    final JsonNode proposed;
    final Amount total;
    Amount adjusted;
    Amount spent;
    Amount refunded;
    String state = "proposed";
    Instant since;
    JsonNode approval = NullNode.getInstance();
    List<Source> sources;
    int entries;
    private final Map<String, Long> by = new TreeMap<>();

    /** Items of the record's history and of its spending, by event. */
    final Map<String, ObjectNode> history = new LinkedHashMap<>();

    final Map<String, ObjectNode> spending = new LinkedHashMap<>();

    /** Folds all events of the stream, of which there is at least one. */
    BudgetFold(List<LoggedEvent> events) throws UnreadableEventException {
        LoggedEvent first = events.getFirst();
        if (!first.type().equals(TYPES + "budget-proposed.v1")) {
            throw first.unreadable("a budget begins with its proposal");
        }
        stream = first.stream();
        commitment = first.text("commitment");
        proposed = first.data();
        JsonNode amounts = first.need("amounts");
        total = Amount.of(first, first.need(amounts, "total"));
        adjusted = ofBudget(first, first.need(amounts, "adjusted"));
        spent = total.zero();
        refunded = total.zero();
        sources = read(first);
        since = first.at();
        for (LoggedEvent event : events) {
            apply(event);
        }
    }

    private void apply(LoggedEvent event) throws UnreadableEventException {
        if (!event.type().startsWith(TYPES)) {
            throw event.unreadable("another service's event");
        }
        String fact = event.fact();
        if (!STATES.containsKey(fact) && !OTHERS.contains(fact)) {
            return;
        }
        if (!event.type().endsWith(".v1")) {
            throw event.unreadable("a newer form of " + fact);
        }
        by.put(fact, event.sequence());
        String next = STATES.get(fact);
        if (next != null) {
            at(next, event);
        }
        switch (fact) {
            case "budget-approved" -> approval = approval(event.need("approval"));
            case "budget-adjusted" -> adjust(event);
            case "spending-recorded" -> {
                spend(event);
                return;
            }
            default -> {}
        }
        history.put(event.id(), history(event));
    }

    private void at(String next, LoggedEvent event) {
        state = next;
        since = event.at();
        by.put("state", event.sequence());
    }

    private void adjust(LoggedEvent event) throws UnreadableEventException {
        if (state.equals("approved")) {
            at("adjusted", event);
        }
        adjusted = ofBudget(event, event.need(event.need("amounts"), "adjusted"));
        sources = read(event);
    }

    private void spend(LoggedEvent event) throws UnreadableEventException {
        if (state.equals("committed")) {
            at("partly-executed", event);
        }
        Amount amount = ofBudget(event, event.need("amount"));
        spent = spent.plus(amount);
        entries++;
        if (amount.isNegative()) {
            refunded = refunded.plus(amount.of(amount.value().negate()));
            by.put("refund", event.sequence());
        }
        ObjectNode entry = Members.object();
        entry.put("budget", stream);
        entry.set("amount", amount.document());
        entry.set("spentOn", event.need("spentOn"));
        entry.set("description", event.need("description"));
        entry.set("evidence", Members.evidence(event.data().path("evidence")));
        entry.set("spent", spent.document());
        entry.set("given", event.given());
        spending.put(event.id(), History.item(event, entry));
    }

    private List<Source> read(LoggedEvent event) throws UnreadableEventException {
        List<Source> read = new ArrayList<>();
        for (JsonNode source : event.need("sources")) {
            read.add(
                    new Source(
                            event.text(source, "kind"),
                            event.need(source, "name"),
                            ofBudget(event, event.need(source, "amount"))));
        }
        return read;
    }

    private Amount ofBudget(LoggedEvent event, JsonNode money) throws UnreadableEventException {
        Amount amount = Amount.of(event, money);
        if (!amount.currency().equals(total.currency())) {
            throw event.unreadable("a budget has one currency");
        }
        return amount;
    }

    private static ObjectNode history(LoggedEvent event) throws UnreadableEventException {
        JsonNode data = event.data();
        ObjectNode entry = History.entry(event);
        ObjectNode money = Members.object();
        money.putNull("amount");
        money.set("sources", Members.array());
        money.putNull("approval");
        switch (event.fact()) {
            case "budget-proposed" -> {
                money.set("amount", money(data.path("amounts").path("total")));
                money.set("sources", sources(data));
            }
            case "budget-approved" -> money.set("approval", approval(data.path("approval")));
            case "budget-adjusted" -> {
                entry.set("text", CommitmentFold.orNull(data.path("rationale")));
                money.set("amount", money(data.path("amounts").path("adjusted")));
                money.set("sources", sources(data));
                money.set("approval", approval(data.path("approval")));
            }
            case "overspend-detected" -> money.set("amount", money(event.need("over")));
            default -> {
                entry.set("text", CommitmentFold.orNull(data.path("reason")));
                return History.item(event, entry);
            }
        }
        entry.set("money", money);
        return History.item(event, entry);
    }

    private static ObjectNode money(JsonNode money) {
        return Members.pick(money, "amount", "currency");
    }

    private static ObjectNode approval(JsonNode approval) {
        return Members.pick(approval, "body", "resolution", "decidedOn");
    }

    private static ArrayNode sources(JsonNode data) {
        return Members.pickEach(data.path("sources"), "kind", "name", "amount");
    }

    /** The sequence of the last event of this fact; 0 where there is none. */
    long by(String fact) {
        return by.getOrDefault(fact, 0L);
    }

    boolean isApproved() {
        return by("budget-approved") > 0;
    }

    boolean isCommitted() {
        return by("budget-committed") > 0;
    }

    boolean isGivenUp() {
        return state.equals("lapsed") || state.equals("cancelled");
    }

    Amount overspent() {
        return spent.beyond(adjusted);
    }

    /**
     * The events that one of its figures follows from.
     *
     * @param figure as the record calls it
     */
    List<String> events(String figure) {
        return switch (figure) {
            case "proposed" -> ids("budget-proposed");
            case "promised" -> ids("budget-proposed", "budget-approved");
            case "adjusted" ->
                    by("budget-adjusted") > 0
                            ? ids("budget-adjusted")
                            : ids("budget-proposed", "budget-approved");
            case "committed" ->
                    by("budget-adjusted") > 0
                            ? ids("budget-adjusted", "budget-committed")
                            : ids("budget-proposed", "budget-committed");
            case "spent" -> ids("spending-recorded");
            case "refunded" -> ids("refund");
            case "overspent" -> ids("spending-recorded", "overspend-detected");
            case "givenUp" -> ids("state");
            default -> throw new IllegalArgumentException(figure);
        };
    }

    List<String> ids(String... facts) {
        return Stream.of(facts)
                .map(this::by)
                .filter(sequence -> sequence > 0)
                .distinct()
                .map(sequence -> stream + "@" + sequence)
                .toList();
    }
}
