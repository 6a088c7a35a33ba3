package org.ashar.portal.pages;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Checked;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.StreamId;
import org.ashar.portal.ledger.LoggedEvent;
import org.ashar.portal.publicrecord.Figure;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an event says, as rows to be read: money, dates, places and texts as this reader writes
 * them, and whatever nobody knows as it stands. Within the size of a page; the bytes have it all.
 */
public final class EventFields {

    private static final int ROWS = 80;
    private static final int DEEPEST = 3;
    private static final int TEXT = 400;
    private static final int NAME = 60;
    private static final int SIZE = 8_000;

    /**
     * One row.
     *
     * @param level how deep it lies, from 0
     * @param value null over rows that lie deeper
     * @param address where more is told of it
     */
    public record Row(
            int level, String name, Wording.@Nullable Said value, @Nullable String address) {}

    private final Wording w;
    private final Links links;
    private final List<Row> rows = new ArrayList<>();
    private int size;
    private boolean cut;

    EventFields(JsonNode data, Wording w, Links links) {
        this.w = w;
        this.links = links;
        if (data.isObject()) {
            members(0, data);
        }
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Whether there is more than the rows show. */
    public boolean cut() {
        return cut;
    }

    private void members(int level, JsonNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = Visible.of(member.getKey(), NAME).value();
            add(level, w.named("field.", name), name, member.getValue());
        }
    }

    private void add(int level, String label, String name, JsonNode node) {
        Wording.@Nullable Said value = known(name, node);
        if (value != null) {
            add(new Row(level, label, value, address(node)));
        } else if (node.isEmpty()) {
            add(new Row(level, label, plain("–"), null));
        } else if (level == DEEPEST) {
            add(new Row(level, label, plain(node.toString()), null));
        } else if (add(new Row(level, label, null, null))) {
            if (node.isObject()) {
                members(level + 1, node);
            } else {
                int number = 1;
                for (JsonNode element : node) {
                    add(level + 1, w.number(number++), name, element);
                }
            }
        }
    }

    private boolean add(Row row) {
        size += Visible.weight(row.name() + (row.value() == null ? "" : row.value().value()));
        if (rows.size() == ROWS || size > SIZE) {
            cut = true;
            return false;
        }
        return rows.add(row);
    }

    /** The value in this reader's words; null where it is made of others. */
    private Wording.@Nullable Said known(String name, JsonNode node) {
        if (!node.isContainer()) {
            return node.isBoolean()
                    ? plain(w.text("answer." + node.asBoolean()))
                    : scalar(name, node.asString(""));
        }
        if (node.has("original") && node.has("texts")) {
            return text(node);
        }
        if (node.size() == 2 && node.has("amount") && node.has("currency")) {
            return money(node.path("amount").asString(""), node.path("currency").asString(""));
        }
        if (node.size() == 2 && node.has("start") && node.has("end")) {
            LocalDate start = date(node.path("start").asString(""));
            LocalDate end = date(node.path("end").asString(""));
            return start == null || end == null || start.isAfter(end)
                    ? null
                    : plain(w.period(new Period(start, end)));
        }
        if (node.has("scheme") && node.has("code") && node.has("name")) {
            return plain(node.path("name").asString("") + " · " + node.path("code").asString(""));
        }
        return name.equals("by") && node.has("role") && node.has("organisation")
                ? plain(
                        w.named("role.", node.path("role").asString(""))
                                + " · "
                                + node.path("organisation").asString(""))
                : null;
    }

    private Wording.Said scalar(String name, String value) {
        LocalDate date = date(value);
        if (date != null) {
            return plain(w.date(date));
        }
        return plain(
                switch (name) {
                    case "status" -> w.named("progress.", value);
                    case "outcome" -> w.named("milestone.", value);
                    case "frequency", "kind", "position", "reason", "severity" ->
                            w.named(name + ".", value);
                    default -> value;
                });
    }

    private Wording.@Nullable Said text(JsonNode node) {
        try {
            Wording.Said said =
                    w.said(AsharJson.lenient().treeToValue(node, MultilingualText.class), TEXT);
            cut |= said.cut();
            return said;
        } catch (JacksonException | IllegalArgumentException e) {
            return null; // it only looks like one, and is shown as what it is
        }
    }

    private Wording.@Nullable Said money(String amount, String currency) {
        if (!amount.matches("-?[0-9]{1,30}(\\.[0-9]{1,4})?")
                || Currency.getAvailableCurrencies().stream()
                        .noneMatch(c -> c.getCurrencyCode().equals(currency))) {
            return null;
        }
        return plain(w.money(new Figure(new BigDecimal(amount).toString(), currency, List.of())));
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? LocalDate.parse(text) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Wording.Said plain(String value) {
        Visible visible = Visible.of(value, TEXT);
        cut |= visible.cut();
        return new Wording.Said(visible.value(), w.language(), w.direction(), false, false);
    }

    private @Nullable String address(JsonNode node) {
        String text = node.isString() ? node.asString() : "";
        if (Sought.isEvent(text)) {
            return links.to("/audit/events/" + text);
        }
        if (StreamId.parse(text) instanceof Checked.Valid<StreamId>(StreamId stream)) {
            return links.to("/audit", "q", stream.toString());
        }
        String place = LoggedEvent.placeKey(node);
        return place == null ? null : links.to("/places/" + place);
    }
}
