package org.ashar.verifier.record;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.Checked;
import org.ashar.kernel.ReportingPeriod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A progress report, as its own events tell it. */
final class ReportFold {

    private static final String TYPES = "org.ashar.progress-reports.";
    private static final String PUBLISHED = "progress-report-published";
    private static final String CORRECTED = "progress-report-corrected";

    final String stream;
    final String commitment;
    final JsonNode published;
    final ReportingPeriod period;
    final Instant publishedAt;
    final long publishedBy;
    String status;
    long corrections;
    long correctedBy;

    /** Its texts, by event. */
    final Map<String, ObjectNode> versions = new LinkedHashMap<>();

    /** Folds all events of the stream, of which there is at least one. */
    ReportFold(List<LoggedEvent> events) throws UnreadableEventException {
        LoggedEvent first = events.getFirst();
        if (!first.type().equals(TYPES + PUBLISHED + ".v1")) {
            throw first.unreadable("a report begins with its publication");
        }
        stream = first.stream();
        commitment = first.text("commitment");
        published = first.data();
        period = period(first);
        publishedAt = first.at();
        publishedBy = first.sequence();
        status = first.text("status");
        for (LoggedEvent event : events) {
            apply(event);
        }
    }

    private void apply(LoggedEvent event) throws UnreadableEventException {
        String fact = event.fact();
        if (!event.type().startsWith(TYPES)) {
            throw event.unreadable("another service's event");
        }
        if (!fact.equals(PUBLISHED) && !fact.equals(CORRECTED)) {
            return;
        }
        if (!event.type().endsWith(".v1")) {
            throw event.unreadable("a newer form of " + fact);
        }
        status = event.text("status");
        if (fact.equals(CORRECTED)) {
            corrections++;
            correctedBy = event.sequence();
        }
        versions.put(event.id(), version(event));
    }

    private ObjectNode version(LoggedEvent event) throws UnreadableEventException {
        JsonNode data = event.data();
        ObjectNode version = Members.object();
        version.put("report", stream);
        version.put("period", period(event).id());
        version.put("number", corrections);
        version.set("reason", CommitmentFold.orNull(data.path("reason")));
        version.put("status", status);
        version.set("narrative", CommitmentFold.orNull(data.path("narrative")));
        version.put("noProgress", data.path("noProgress").asBoolean(false));
        version.set(
                "indicators",
                Members.pickEach(
                        data.path("indicators"), "name", "measure", "unit", "value", "note"));
        version.set(
                "milestoneNotes",
                Members.pickEach(data.path("milestoneNotes"), "milestone", "note"));
        version.set("evidence", Members.evidence(data.path("evidence")));
        version.set("given", event.given());
        return Members.object().put("event", event.id()).set("version", version);
    }

    private static ReportingPeriod period(LoggedEvent event) throws UnreadableEventException {
        return switch (ReportingPeriod.parse(event.text("period"))) {
            case Checked.Valid<ReportingPeriod>(ReportingPeriod period) -> period;
            case Checked.Invalid<ReportingPeriod>(String code, _) -> throw event.unreadable(code);
        };
    }
}
