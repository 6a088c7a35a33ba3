package org.ashar.portal.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ashar.kernel.PlaceRef;
import org.ashar.places.Places;
import org.ashar.portal.ledger.LedgerClient;
import org.ashar.portal.ledger.LedgerClient.Finding;
import org.ashar.portal.publicrecord.CommitmentRecord;
import org.ashar.portal.publicrecord.CommitmentRecord.HistoryItem;
import org.ashar.portal.publicrecord.CommitmentRecord.SpendingItem;
import org.ashar.portal.publicrecord.Entries;
import org.ashar.portal.publicrecord.RecordClient;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A commitment's record, and its history. */
@Controller
final class CommitmentController {

    private static final int SPENDING_ROWS = 20;
    private static final int HISTORY_ROWS = 40;
    private static final int FINDINGS = 5;
    private static final Pattern ID = Pattern.compile("[a-z2-7]{26}");

    private final Places places;
    private final RecordClient records;
    private final LedgerClient ledger;
    private final PageWriter pages;

    CommitmentController(
            Places places, RecordClient records, LedgerClient ledger, PageWriter pages) {
        this.places = places;
        this.records = records;
        this.ledger = ledger;
        this.pages = pages;
    }

    @GetMapping("/commitments/{id}")
    void commitment(
            @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Wording w = pages.wording(request);
        Links links = Links.of(request);
        CommitmentRecord record = known(id);
        String after = links.asked("spending");
        Entries<SpendingItem> spending =
                after == null
                        ? record.money().spending()
                        : records.spending(id, after, SPENDING_ROWS)
                                .orElseThrow(CommitmentController::unknown);
        Map<String, Object> values = about(record, links, w);
        values.put("c", new CommitmentView(record, spending, w, links));
        values.put("json", RecordClient.commitmentPath(id));
        values.put("feed", links.to(FeedFormat.ATOM.path(), "commitment", id));
        values.putAll(findings(id, w, links));
        pages.write(request, response, "commitment", values);
    }

    /** The record is whole without them: where the ledger does not answer, the page says so. */
    private Map<String, Object> findings(String id, Wording w, Links links) {
        try {
            Entries<Finding> found = ledger.findings(id);
            return Map.of(
                    "findingsMissing",
                    false,
                    "findings",
                    found.items().stream()
                            .sorted(FindingLine.FIRST_WHAT_IS_OWED)
                            .limit(FINDINGS)
                            .map(one -> FindingLine.of(one, w, links))
                            .toList(),
                    "findingsFurther",
                    found.next() != null || found.items().size() > FINDINGS,
                    "findingsJson",
                    LedgerClient.FINDINGS + "?commitment=" + id);
        } catch (ProblemException e) {
            if (e.problem().status() < 500) {
                throw e;
            }
            return Map.of("findingsMissing", true, "findings", List.of(), "findingsFurther", false);
        }
    }

    @GetMapping("/commitments/{id}/history")
    void history(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Wording w = pages.wording(request);
        Links links = Links.of(request);
        CommitmentRecord record = known(id);
        String after = links.asked("after");
        Entries<HistoryItem> history =
                records.history(id, after == null ? "" : after, HISTORY_ROWS)
                        .orElseThrow(CommitmentController::unknown);
        Map<String, Object> values = about(record, links, w);
        values.put("heading", w.said(record.commitment().title(), CommitmentView.TITLE));
        values.put("address", links.to("/commitments/" + id));
        values.put("steps", history.items().stream().map(item -> Step.of(item, w)).toList());
        String cursor = history.cursor();
        if (cursor != null) {
            values.put("next", links.with("after", cursor));
        }
        values.put("json", RecordClient.commitmentPath(id) + "/history");
        pages.write(request, response, "history", values);
    }

    private CommitmentRecord known(String id) {
        return ID.matcher(id).matches()
                ? records.commitment(id).orElseThrow(CommitmentController::unknown)
                : orUnknown();
    }

    private static CommitmentRecord orUnknown() {
        throw unknown();
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.of(404, "portal.unknown-commitment"));
    }

    /** Where it is, as far as the list of places knows, and whether it is a demonstration. */
    private Map<String, Object> about(CommitmentRecord record, Links links, Wording w) {
        PlaceRef ref = record.commitment().place();
        Map<String, Object> values = new HashMap<>();
        List<Listed> path =
                found(ref)
                        .map(
                                place ->
                                        places.path(place).stream()
                                                .map(p -> Listed.of(p, places, links, w))
                                                .toList())
                        .orElse(List.of());
        values.put("path", path);
        values.put("placeName", ref.name());
        values.put(
                "demonstration",
                record.history().items().stream()
                        .anyMatch(item -> item.entry().given().recordedAt() != null));
        return values;
    }

    private Optional<org.ashar.places.Place> found(PlaceRef ref) {
        LocalDate asOf = ref.asOf();
        return places.find(ref.scheme(), ref.code(), asOf);
    }
}
