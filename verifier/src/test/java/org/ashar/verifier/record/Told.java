package org.ashar.verifier.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stories told one after the other: where their events are in the log, and what follows. */
public final class Told {

    private final List<String> entries = new ArrayList<>();
    private final Map<String, List<LoggedEvent>> streams = new LinkedHashMap<>();
    private final List<String> commitments = new ArrayList<>();

    public Told(List<Story> stories) throws UnreadableEventException {
        for (Story story : stories) {
            commitments.add(story.commitment);
            for (String entry : story.entries()) {
                LoggedEvent event = LoggedEvent.of(entries.size(), entry.getBytes(UTF_8));
                streams.computeIfAbsent(event.stream(), _ -> new ArrayList<>()).add(event);
                entries.add(entry);
            }
        }
    }

    public List<String> entries() {
        return entries;
    }

    Index index() {
        return id -> {
            List<LoggedEvent> events =
                    streams.getOrDefault(id.substring(0, Math.max(0, id.indexOf('@'))), List.of());
            return events.stream()
                    .filter(event -> event.id().equals(id))
                    .mapToLong(LoggedEvent::index)
                    .boxed()
                    .findFirst()
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
        };
    }

    Promise promise(String commitment) throws UnreadableEventException {
        return new Promise(
                streams.getOrDefault(commitment, List.of()),
                streams.entrySet().stream()
                        .filter(one -> !one.getKey().startsWith("commitment/"))
                        .map(Map.Entry::getValue)
                        .filter(
                                events ->
                                        events.getFirst()
                                                .data()
                                                .path("commitment")
                                                .asString("")
                                                .equals(commitment))
                        .toList());
    }

    List<Promise> promises() throws UnreadableEventException {
        List<Promise> promises = new ArrayList<>();
        for (String commitment : commitments) {
            promises.add(promise(commitment));
        }
        return promises;
    }

    /** The record of a commitment as an honest server would answer it. */
    public ObjectNode record(String commitment, LocalDate on, ZoneId zone)
            throws UnreadableEventException {
        Promise promise = promise(commitment);
        CommitmentDocument document = new CommitmentDocument(promise, new Times(on, zone));
        ObjectNode record = document.whole();
        record.set("amendments", Members.nodes(document.ofKinds(List.of("commitment-amended"))));
        record.set(
                "disputes",
                Members.nodes(
                        document.ofKinds(List.of("commitment-disputed", "commitment-resumed"))));
        record.withObject("/history").set("items", beginning(document.history(), 50));
        record.withObject("/money/budgets").set("items", beginning(document.budgets(), 50));
        record.withObject("/money/spending").set("items", beginning(document.spending(), 20));
        ArrayNode reports = beginning(document.reports(), 12);
        for (JsonNode report : reports) {
            for (ReportFold fold : promise.reports) {
                if (fold.stream.endsWith(report.path("id").asString())) {
                    ((ObjectNode) report).set("versions", Members.nodes(fold.versions.values()));
                }
            }
        }
        record.withObject("/reports/published").set("items", reports);
        return record;
    }

    private static ArrayNode beginning(List<ObjectNode> all, int most) {
        return Members.nodes(all.stream().limit(most).toList());
    }

    /** The record of a place as an honest server would answer it, without pages. */
    public ObjectNode place(String place, LocalDate on, ZoneId zone)
            throws UnreadableEventException {
        PlaceDocument document = new PlaceDocument(place, on, zone);
        for (Promise promise : promises()) {
            document.add(promise);
        }
        ObjectNode record = document.figures();
        record.putObject("commitments")
                .set(
                        "items",
                        Members.nodes(
                                document.rows().stream()
                                        .sorted(
                                                Comparator.comparing(
                                                                (ObjectNode row) ->
                                                                        row.path("publishedOn")
                                                                                .asString())
                                                        .reversed())
                                        .toList()));
        return record;
    }
}
