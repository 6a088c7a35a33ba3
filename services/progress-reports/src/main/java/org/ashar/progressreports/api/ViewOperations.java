package org.ashar.progressreports.api;

import java.util.List;
import org.ashar.messaging.ParkedEvent;
import org.ashar.messaging.ReplayOutcome;
import org.ashar.messaging.ViewRunner;
import org.ashar.messaging.ViewStatus;
import org.ashar.progressreports.readmodel.record.RecordView;
import org.ashar.web.Operator;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an operator sees and does with the record's view. Not reachable through the public door. */
@RestController
@RequestMapping("/internal/views/{view}")
final class ViewOperations {

    private static final Logger LOG = LoggerFactory.getLogger(ViewOperations.class);

    private final ViewRunner runner;

    /** The generation being built. */
    record Rebuilding(String view, int generation) {}

    /** What became of a parked event. */
    record Replayed(String id, ReplayOutcome outcome) {}

    ViewOperations(ViewRunner runner) {
        this.runner = runner;
    }

    @GetMapping
    ViewStatus status(Operator operator, @PathVariable String view) {
        known(view);
        return runner.status();
    }

    @GetMapping("/parked")
    Page<ParkedEvent> parked(Operator operator, @PathVariable String view, Query query) {
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    known(view);
                    String after = paging.after() == null ? "" : paging.after();
                    List<ParkedEvent> found =
                            Store.read(() -> runner.parked(after, paging.limit()));
                    return new Page<>(
                            found, found.size() < paging.limit() ? null : found.getLast().id());
                });
    }

    @PostMapping("/parked/{id}/replay")
    Replayed replay(Operator operator, @PathVariable String view, @PathVariable String id) {
        known(view);
        ReplayOutcome outcome = Store.read(() -> runner.replay(id));
        LOG.info("{} replays {}: {}", operator.actor(), id, outcome);
        if (outcome == ReplayOutcome.UNKNOWN) {
            throw Addresses.notFound("parked.unknown");
        }
        return new Replayed(id, outcome);
    }

    @PostMapping("/rebuild")
    Rebuilding rebuild(Operator operator, @PathVariable String view) {
        known(view);
        LOG.info("{} rebuilds view {}", operator.actor(), view);
        return new Rebuilding(view, Store.read(runner::rebuild));
    }

    private static void known(String view) {
        if (!view.equals(RecordView.NAME)) {
            throw Addresses.notFound("view.unknown");
        }
    }
}
