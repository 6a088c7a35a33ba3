package org.ashar.verifier.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.StreamId;
import org.ashar.kernel.canonical.CanonicalJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a small town tells of its promise: the entries of the log, in the order in which they
 * happened, in the form that the contracts give.
 */
public final class Story {

    public static final ZoneId ZONE = ZoneId.of("Asia/Bishkek");
    public static final String PLACE = "soate/41706204810000";

    public final String commitment;
    private final List<String> entries = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private Instant clock = Instant.EPOCH;

    public Story(String name) {
        commitment = StreamId.derived("commitment", name).toString();
    }

    public List<String> entries() {
        return entries;
    }

    public Story on(String day) {
        clock = LocalDate.parse(day).atTime(10, 0).atZone(ZONE).toInstant();
        return this;
    }

    /** A promise with milestones {@code id:due}. */
    public Story published(String... milestones) {
        ObjectNode data = Members.object();
        data.set("place", place());
        data.put("publishedOn", today());
        data.set("title", text("Таза суу"));
        data.set("description", text("Сегиз чакырым түтүк"));
        data.putObject("lead").put("organisation", "okmotu").set("name", text("Айыл өкмөтү"));
        data.putObject("contact").put("phone", "+996 3239 12345").set("office", text("Кабылдама"));
        data.set("period", period("2025-01-15", "2025-12-31"));
        data.putArray("classifications").addObject().put("scheme", "sdg").put("code", "6.1");
        data.putObject("reporting").put("frequency", "quarter").put("graceDays", 30);
        data.set("milestones", milestones(milestones));
        return told("commitment-published", data);
    }

    public Story started() {
        return told("commitment-started", Members.object());
    }

    public Story assessed(String milestone, String outcome) {
        ObjectNode data = Members.object().put("milestone", milestone).put("outcome", outcome);
        data.putArray("evidence");
        if (outcome.equals("met")) {
            data.put("metOn", today());
        } else {
            data.set("note", text("Дагы бар"));
        }
        return told("milestone-assessed", data);
    }

    public Story amended(String end, String... milestones) {
        ObjectNode data = Members.object();
        data.set("rationale", text("Кар эрте түштү"));
        data.set("description", text("Сегиз чакырым түтүк"));
        data.putObject("contact")
                .put("email", "okmotu@example.kg")
                .set("office", text("Кабылдама"));
        data.set("period", period("2025-01-15", end));
        data.set("milestones", milestones(milestones));
        return told("commitment-amended", data);
    }

    public Story reportedComplete() {
        return told("commitment-reported-complete", Members.object());
    }

    public Story verified() {
        return told("commitment-verified-complete", Members.object());
    }

    public Story disputed() {
        return told("commitment-disputed", Members.object().set("reason", text("Суу жок")));
    }

    public Story resumed() {
        return told("commitment-resumed", Members.object().set("response", text("Оңдойбуз")));
    }

    public Story withdrawn() {
        return told("commitment-withdrawn", Members.object().set("reason", text("Акча жок")));
    }

    public Story reported(String period, String narrative) {
        return report(period, "published", "limited", narrative, Members.object());
    }

    public Story corrected(String period, int number, String narrative) {
        return report(
                period,
                "corrected",
                "substantial",
                narrative,
                Members.object().put("number", number).set("reason", text("Ката")));
    }

    private Story report(
            String period, String fact, String status, String narrative, ObjectNode data) {
        data.put("commitment", commitment);
        data.put("period", period);
        data.put("status", status);
        data.set("narrative", text(narrative));
        data.put("noProgress", false);
        data.putArray("indicators");
        data.putArray("milestoneNotes");
        data.putArray("evidence");
        return tell(
                StreamId.derived("progress-report", commitment, period).toString(),
                "progress-reports.progress-report-" + fact,
                data);
    }

    public Purse purse(String name, String currency) {
        return new Purse(
                StreamId.derived(
                                "budget-commitment",
                                commitment.substring(commitment.indexOf('/') + 1),
                                name)
                        .toString(),
                currency);
    }

    /** Money for the promise. */
    public final class Purse {
        private final String stream;
        private final String currency;
        private long total;
        private long adjusted;
        private long spent;

        private Purse(String stream, String currency) {
            this.stream = stream;
            this.currency = currency;
        }

        public Purse proposed(long minor) {
            total = minor;
            adjusted = minor;
            ObjectNode data = withAmounts();
            data.set("title", text("Түтүктөргө"));
            data.set("period", period("2025-01-01", "2025-12-31"));
            data.set("sources", sources());
            return told("budget-proposed", data);
        }

        public Purse approved() {
            return told("budget-approved", Members.object().set("approval", approval()));
        }

        public Purse adjusted(long minor) {
            adjusted = minor;
            ObjectNode data = withAmounts();
            data.set("sources", sources());
            data.set("rationale", text("Баа өстү"));
            data.set("approval", approval());
            return told("budget-adjusted", data);
        }

        public Purse committed() {
            return told("budget-committed", Members.object());
        }

        public Purse lapsed() {
            return told("budget-lapsed", Members.object());
        }

        public Purse spent(long minor) {
            boolean before = spent > adjusted;
            spent += minor;
            ObjectNode data = withAmounts();
            data.set("amount", money(minor));
            data.put("spentOn", today());
            data.set("description", text("Түтүк"));
            data.putArray("evidence");
            told("spending-recorded", data);
            return !before && spent > adjusted
                    ? told("overspend-detected", withAmounts().set("over", money(spent - adjusted)))
                    : this;
        }

        private ObjectNode withAmounts() {
            ObjectNode data = Members.object();
            data.putObject("amounts")
                    .set("total", money(total))
                    .set("adjusted", money(adjusted))
                    .set("spent", money(spent));
            return data;
        }

        private ArrayNode sources() {
            ArrayNode sources = Members.array();
            sources.addObject()
                    .put("kind", "local-budget")
                    .set("name", text("Айыл"))
                    .set("amount", money(adjusted / 2));
            sources.addObject()
                    .put("kind", "donor")
                    .set("name", text("Донор"))
                    .set("amount", money(adjusted - adjusted / 2));
            return sources;
        }

        private ObjectNode money(long minor) {
            return Members.object()
                    .put("amount", BigDecimal.valueOf(minor, 2).toPlainString())
                    .put("currency", currency);
        }

        private static ObjectNode approval() {
            return Members.object()
                    .put("resolution", "12/3")
                    .put("decidedOn", "2025-01-20")
                    .set("body", text("Айыл кеңеши"));
        }

        private Purse told(String fact, ObjectNode data) {
            tell(stream, "budget-commitments." + fact, data.put("commitment", commitment));
            return this;
        }
    }

    private Story told(String fact, ObjectNode data) {
        return tell(commitment, "budget-commitments." + fact, data);
    }

    private Story tell(String stream, String type, ObjectNode data) {
        data.putObject("by")
                .put("id", "a".repeat(64))
                .put("role", "officer")
                .put("organisation", "okmotu");
        entries.add(entry(stream, sequences.merge(stream, 1L, Long::sum), type, clock, data));
        return this;
    }

    /** An entry of the log. */
    static String entry(String stream, long sequence, String type, Instant at, ObjectNode data) {
        ObjectNode event = Members.object();
        event.put("specversion", "1.0");
        event.put("id", stream + "@" + sequence);
        event.put("source", "/tests/" + type.substring(0, type.indexOf('.')));
        event.put("type", "org.ashar." + type + ".v1");
        event.put("subject", stream);
        event.put("time", at.toString());
        event.put("sequence", "%012d".formatted(sequence));
        event.put("datacontenttype", "application/json");
        event.set("data", data);
        return new String(CanonicalJson.of(event.toString().getBytes(UTF_8)).orThrow(), UTF_8);
    }

    private String today() {
        return clock.atZone(ZONE).toLocalDate().toString();
    }

    static ObjectNode text(String value) {
        ObjectNode text = Members.object().put("original", "ky");
        text.putObject("texts").putObject("ky").put("value", value).put("provenance", "human");
        return text;
    }

    private static ObjectNode place() {
        return Members.object()
                .put("scheme", "soate")
                .put("code", "41706204810000")
                .put("name", "Кара-Кулджинский")
                .put("asOf", "2025-01-01");
    }

    private static ObjectNode period(String start, String end) {
        return Members.object().put("start", start).put("end", end);
    }

    private static ArrayNode milestones(String... milestones) {
        ArrayNode all = Members.array();
        for (String milestone : milestones) {
            String[] parts = milestone.split(":", -1);
            all.addObject()
                    .put("id", parts[0])
                    .put("due", parts[1])
                    .set("title", text(parts[0]))
                    .set("deliverable", text(parts[0]));
        }
        return all;
    }
}
