package org.ashar.accountability.api;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.bson.conversions.Bson;
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
    private final Clock clock;
    private final ZoneId zone;

    FindingQueries(
            CommandHandler<FindingCommand, FindingState, FindingEvent> findings,
            Clock clock,
            ZoneId zone) {
        this.findings = findings;
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
        Optional<String> place = query.placeKey("place");
        Optional<String> auditee = query.text("organisation", ORGANISATION_LIMIT);
        Optional<Standing> state = query.oneOf("state", Standing.class);
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate on = query.date("on", today.plusYears(10)).orElse(today);
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    List<Bson> filter = new ArrayList<>();
                    filter.add(Filters.gt("_id", after(query, paging)));
                    commitment.ifPresent(key -> filter.add(Filters.eq("s.commitment", key)));
                    place.ifPresent(key -> filter.add(Filters.eq("s.place", key)));
                    auditee.ifPresent(name -> filter.add(Filters.eq("s.auditee", name)));
                    state.ifPresent(
                            standing -> filter.add(FindingAggregate.standing(standing, on)));
                    return Answers.page(
                            query,
                            Store.read(() -> rows(Filters.and(filter), paging, on)),
                            FindingRow::csv,
                            "findings.csv");
                });
    }

    private Page<FindingRow> rows(Bson filter, Paging paging, LocalDate on) {
        List<Current<FindingState>> fetched = new ArrayList<>();
        for (Document current :
                findings.currents()
                        .find(filter)
                        .sort(Sorts.ascending("_id"))
                        .limit(paging.toFetch())) {
            fetched.add(findings.read(current));
        }
        Page<Current<FindingState>> page =
                Page.of(fetched, paging, current -> current.stream().id());
        List<FindingRow> rows = new ArrayList<>();
        for (Current<FindingState> current : page.items()) {
            existing(current.state())
                    .ifPresent(finding -> rows.add(FindingRow.of(current, finding, on)));
        }
        return new Page<>(rows, page.next());
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

    private static Checked<String> commitment(String id) {
        return StreamId.isId(id)
                ? Checked.valid(new StreamId("commitment", id).toString())
                : Checked.invalid("ledger.malformed-commitment");
    }
}
