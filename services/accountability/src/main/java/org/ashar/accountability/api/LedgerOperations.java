package org.ashar.accountability.api;

import java.util.List;
import org.ashar.accountability.ledger.LedgerKeeping;
import org.ashar.messaging.ParkedEvent;
import org.ashar.web.Operator;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an operator sees of the log. Not reachable through the public door. */
@RestController
@RequestMapping("/internal/ledger")
final class LedgerOperations {

    private final LedgerKeeping keeping;

    LedgerOperations(LedgerKeeping keeping) {
        this.keeping = keeping;
    }

    @GetMapping
    LedgerKeeping.Status status(Operator operator) {
        return Store.read(keeping::status);
    }

    @GetMapping("/parked")
    Page<ParkedEvent> parked(Operator operator, Query query) {
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    String after = paging.after() == null ? "" : paging.after();
                    List<ParkedEvent> found =
                            Store.read(() -> keeping.parked(after, paging.limit()));
                    return new Page<>(
                            found, found.size() < paging.limit() ? null : found.getLast().id());
                });
    }
}
