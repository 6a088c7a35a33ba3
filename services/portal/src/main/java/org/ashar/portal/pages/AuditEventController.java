package org.ashar.portal.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.portal.ledger.LedgerClient;
import org.ashar.portal.ledger.LedgerClient.Inclusion;
import org.ashar.portal.ledger.LedgerClient.Receipt;
import org.ashar.portal.ledger.PathToRoot;
import org.ashar.portal.ledger.ServedCheckpoint;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One event of the ledger with its proof, and the script that checks it in the browser. */
@Controller
final class AuditEventController {

    /** What the script may have to say, each with a text of this page. */
    private static final List<String> WORDS =
            List.of(
                    "running",
                    "good",
                    "unsigned",
                    "bad",
                    "insecure",
                    "unreachable",
                    "event",
                    "leaf",
                    "index",
                    "left",
                    "right",
                    "root",
                    "signature",
                    "unknown-signature",
                    "not-event",
                    "not-leaf",
                    "not-index",
                    "not-root",
                    "not-signature",
                    "not-form");

    private final LedgerClient ledger;
    private final PageWriter pages;

    AuditEventController(LedgerClient ledger, PageWriter pages) {
        this.ledger = ledger;
        this.pages = pages;
    }

    @GetMapping("/audit/events/{type}/{event}")
    void event(
            @PathVariable String type,
            @PathVariable String event,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Wording w = pages.wording(request);
        Receipt receipt =
                Optional.of(type + "/" + event)
                        .filter(Sought::isEvent)
                        .flatMap(ledger::receipt)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(404, "portal.unknown-event")));
        EventView view = new EventView(receipt, w, Links.of(request));
        Map<String, Object> values = new HashMap<>();
        values.put("e", view);
        values.put("following", ledger.receipt(view.following()).isPresent());
        values.put("covered", false);
        values.put("forAuditors", true);
        values.put("words", WORDS);
        ledger.inclusion(receipt.event()).ifPresent(proof -> prove(receipt, proof, w, values));
        PageHeadersFilter.allowOwnScript(response);
        pages.write(request, response, "audit-event", values);
    }

    private void prove(Receipt receipt, Inclusion proof, Wording w, Map<String, Object> values) {
        ServedCheckpoint served =
                ServedCheckpoint.parse(proof.checkpoint().getBytes(UTF_8)).orThrow();
        values.put("covered", true);
        values.put("checkpoint", new CheckpointView(served, ledger.key(), w));
        PathToRoot.of(
                        receipt.entry().getBytes(UTF_8),
                        receipt.index(),
                        proof.path(),
                        served.checkpoint())
                .ifPresent(path -> values.put("path", path));
    }
}
