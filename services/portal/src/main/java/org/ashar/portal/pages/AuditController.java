package org.ashar.portal.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.places.Places;
import org.ashar.portal.config.PortalSettings;
import org.ashar.portal.ledger.LedgerClient;
import org.ashar.portal.ledger.LedgerClient.Entry;
import org.ashar.portal.ledger.ServedCheckpoint;
import org.ashar.portal.pages.Sought.AtIndex;
import org.ashar.portal.publicrecord.Entries;
import org.ashar.tlog.NoteKey;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The ledger for people: its latest checkpoint, its newest entries, and the way to any of them. */
@Controller
final class AuditController {

    private static final int PLACES = 8;
    private static final String SECONDS = "5";

    private final LedgerClient ledger;
    private final Places places;
    private final PageWriter pages;
    private final PortalSettings settings;

    AuditController(LedgerClient ledger, Places places, PageWriter pages, PortalSettings settings) {
        this.ledger = ledger;
        this.places = places;
        this.pages = pages;
        this.settings = settings;
    }

    @GetMapping("/audit")
    void overview(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Wording w = pages.wording(request);
        Links links = Links.of(request);
        LedgerSearch search = new LedgerSearch(ledger, links);
        Map<String, Object> values = new HashMap<>();
        values.put("site", Links.site(settings, request));
        values.put("facts", FactTypes.ALL);
        values.put("feed", search.feed(links));
        values.put("placeName", search.placeName());
        List<Choice> choices = choices(search.placeName(), links, w);
        if (choices.size() == 1) {
            lead(response, choices.getFirst().address());
            return;
        }
        values.put("choices", choices);
        boolean live = links.asked("live") != null && links.asked("after") == null;
        values.put("live", live);
        if (live) {
            response.setHeader("Refresh", SECONDS);
        }
        values.put("forAuditors", true);
        try {
            Optional<String> event = search.event();
            if (event.isPresent()) {
                lead(response, links.to("/audit/events/" + event.get()));
                return;
            }
            NoteKey key = ledger.key();
            values.put("vkey", key.vkey());
            values.put("succeeded", ledger.succeeded());
            Optional<ServedCheckpoint> relied = ledger.checkpoint();
            Optional<ServedCheckpoint> shown = relied.or(ledger::latestCheckpoint);
            values.put("unwitnessed", relied.isEmpty() && shown.isPresent());
            shown.ifPresent(c -> values.put("checkpoint", new CheckpointView(c, key, w)));
            Entries<Entry> found = search.entries();
            List<EntryLine> lines =
                    found.items().stream().map(e -> EntryLine.of(e, w, links)).toList();
            values.put("lines", lines);
            values.put("beyond", shown.filter(c -> isBeyond(found, c)).isPresent());
            values.put("demonstration", lines.stream().anyMatch(EntryLine::demonstration));
            String cursor = found.cursor();
            if (cursor != null) {
                values.put("next", links.with("after", cursor));
            }
        } catch (ProblemException e) {
            if (e.problem().status() < 500) {
                throw e;
            }
            response.setStatus(e.problem().status());
            e.problem().headers().forEach(response::setHeader);
            values.put("missing", e.problem());
        }
        pages.write(request, response, "audit", values);
    }

    /** While the log grows, and while witnesses are awaited. */
    private static boolean isBeyond(Entries<Entry> newest, ServedCheckpoint shown) {
        return !newest.items().isEmpty()
                && newest.items().getFirst().index() >= shown.checkpoint().size();
    }

    /** An entry's page has the address of its event. */
    @GetMapping("/audit/entries/{index}")
    void entry(
            @PathVariable String index, HttpServletRequest request, HttpServletResponse response) {
        Optional<String> event =
                Sought.of(index) instanceof AtIndex(long at)
                        ? LedgerSearch.at(ledger, at)
                        : Optional.empty();
        lead(
                response,
                Links.of(request)
                        .to(
                                "/audit/events/"
                                        + event.orElseThrow(
                                                () ->
                                                        new ProblemException(
                                                                Problem.of(
                                                                        404,
                                                                        "portal.unknown-event")))));
    }

    private static void lead(HttpServletResponse response, String address) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address);
        response.setHeader("Cache-Control", "no-cache");
    }

    /** A place that a name may mean, and the entries that concern it. */
    public record Choice(Listed place, String address) {}

    private List<Choice> choices(@Nullable String name, Links links, Wording w) {
        return name == null
                ? List.of()
                : places.search(name, PLACES).stream()
                        .map(
                                place ->
                                        new Choice(
                                                Listed.of(place, places, links, w),
                                                links.afresh(
                                                        "place",
                                                        place.scheme() + "/" + place.code())))
                        .toList();
    }
}
