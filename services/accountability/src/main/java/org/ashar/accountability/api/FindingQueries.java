package org.ashar.accountability.api;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.accountability.api.FindingListing.Wish;
import org.ashar.accountability.config.FindingAggregate;
import org.ashar.accountability.domain.finding.AuditFinding;
import org.ashar.accountability.domain.finding.FindingCommand;
import org.ashar.accountability.domain.finding.FindingEvent;
import org.ashar.accountability.domain.finding.FindingState;
import org.ashar.accountability.domain.finding.FindingState.Existing;
import org.ashar.accountability.domain.finding.Standing;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.Current;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.web.Answers;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.bson.Document;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Findings as they are now. All of them are public. */
@RestController
@RequestMapping(FindingCommands.PATH)
final class FindingQueries {

    private static final int ORGANISATION_LIMIT = 120;

    private final CommandHandler<FindingCommand, FindingState, FindingEvent> findings;
    private final FindingListing listing;
    private final Clock clock;
    private final ZoneId zone;

    FindingQueries(
            CommandHandler<FindingCommand, FindingState, FindingEvent> findings,
            Clock clock,
            ZoneId zone) {
        this.findings = findings;
        this.listing = new FindingListing(findings.currents());
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping("/{id}")
    ResponseEntity<FindingDocument> finding(@PathVariable String id, Query query) {
        return query.valid(
                () ->
                        findings.load(stream(id))
                                .flatMap(
                                        current ->
                                                existing(current.state())
                                                        .map(
                                                                finding ->
                                                                        FindingDocument.of(
                                                                                current, finding)))
                                .map(document -> Answers.current(document.version(), document))
                                .orElseThrow(FindingQueries::notFound));
    }

    /** In the order of their identifiers, which is by chance and never changes. */
    @GetMapping
    ResponseEntity<?> list(Query query) {
        Optional<String> commitment = query.value("commitment", FindingQueries::commitment);
        Optional<String> place = query.value("place", FindingQueries::place);
        Optional<String> auditee = query.text("organisation", ORGANISATION_LIMIT);
        Optional<Standing> state = query.oneOf("state", Standing.class);
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate on = query.date("on", today.plusYears(10)).orElse(today);
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    List<Map.Entry<String, String>> fields = new ArrayList<>();
                    commitment.ifPresent(key -> fields.add(Map.entry("commitment", key)));
                    place.ifPresent(key -> fields.add(Map.entry("place", key)));
                    auditee.ifPresent(name -> fields.add(Map.entry("auditee", name)));
                    state.map(FindingAggregate::state)
                            .ifPresent(name -> fields.add(Map.entry("state", name)));
                    Wish wish =
                            new Wish(
                                    fields,
                                    state.map(s -> FindingAggregate.standing(s, on))
                                            .orElse(_ -> true));
                    String after = after(query, paging);
                    return Answers.page(
                            query,
                            Store.read(() -> rows(wish, paging, after, on)),
                            FindingRow::csv,
                            "findings.csv");
                });
    }

    private Page<FindingRow> rows(Wish wish, Paging paging, String after, LocalDate on) {
        Page<Document> page = listing.page(wish, paging, after);
        List<FindingRow> rows = new ArrayList<>();
        for (Document document : page.items()) {
            Current<FindingState> current = findings.read(document);
            existing(current.state())
                    .ifPresent(finding -> rows.add(FindingRow.of(current, finding, on)));
        }
        String last = page.next();
        return new Page<>(rows, last == null ? null : StreamId.parse(last).orThrow().id());
    }

    static StreamId stream(String id) {
        if (!StreamId.isId(id)) {
            throw notFound();
        }
        return new StreamId(AuditFinding.STREAM_TYPE, id);
    }

    static Optional<Existing> existing(FindingState state) {
        return switch (state) {
            case Existing finding -> Optional.of(finding);
            case FindingState.Absent _ -> Optional.empty();
        };
    }

    static ProblemException notFound() {
        return new ProblemException(Problem.of(404, AuditFinding.NOT_FOUND));
    }

    /** What comes before the page, in the order of identifiers. */
    private static String after(Query query, Paging paging) {
        String id = paging.after();
        if (id == null) {
            return AuditFinding.STREAM_TYPE;
        }
        if (!StreamId.isId(id)) {
            throw query.badCursor();
        }
        return new StreamId(AuditFinding.STREAM_TYPE, id).toString();
    }

    /** A place as filters of entries name it too: {@code <scheme>/<code>}. */
    private static Checked<String> place(String text) {
        return Selections.place(text.replaceFirst(":", "/"))
                .then(key -> Checked.valid(key.replace('/', ':')));
    }

    private static Checked<String> commitment(String id) {
        return StreamId.isId(id)
                ? Checked.valid(new StreamId("commitment", id).toString())
                : Checked.invalid("ledger.malformed-commitment");
    }
}
