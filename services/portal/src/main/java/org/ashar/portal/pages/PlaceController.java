package org.ashar.portal.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ashar.places.Place;
import org.ashar.places.Places;
import org.ashar.portal.publicrecord.PlaceRecord;
import org.ashar.portal.publicrecord.RecordClient;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A place's record. */
@Controller
final class PlaceController {

    /** Commitments on one page; more would not fit into its 60 KB. */
    private static final int ROWS = 18;

    /** Of each sort that needs attention, so many are put before the list. */
    private static final int PUT_FIRST = 3;

    private static final List<String> ATTENTION = List.of("late", "disputed", "overspent");
    private static final List<String> STATES =
            List.of(
                    "published",
                    "in-progress",
                    "reported-complete",
                    "verified-complete",
                    "withdrawn");
    private static final List<String> SORTS = List.of("next-due", "newest", "title");

    private final Places places;
    private final RecordClient records;
    private final PageWriter pages;
    private final Clock clock;
    private final ZoneId zone;

    PlaceController(
            Places places, RecordClient records, PageWriter pages, Clock clock, ZoneId zone) {
        this.places = places;
        this.records = records;
        this.pages = pages;
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping("/places/{scheme}/{code}")
    void place(
            @PathVariable String scheme,
            @PathVariable String code,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Place place =
                places.find(scheme, code, LocalDate.now(clock.withZone(zone)))
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(404, "portal.unknown-place")));
        Wording w = pages.wording(request);
        Links links = Links.of(request);
        Map<String, Object> values = new HashMap<>();
        values.put("place", Listed.of(place, places, links, w));
        values.put("path", listed(places.path(place), links, w));
        values.put("children", listed(places.children(place), links, w));
        values.put("wider", listed(places.parent(place).stream().toList(), links, w));
        values.put("json", RecordClient.placePath(scheme, code));
        values.put("feed", links.to(FeedFormat.ATOM.path(), "place", scheme + "/" + code));
        try {
            PlaceRecord record = record(place, links);
            values.put("record", new PlaceView(record, first(place, record, links), w, links));
        } catch (ProblemException e) {
            if (e.problem().status() < 500) {
                throw e;
            }
            response.setStatus(e.problem().status());
            e.problem().headers().forEach(response::setHeader);
            values.put("missing", e.problem());
        }
        values.put("shows", List.of(ATTENTION, STATES));
        values.put("sorts", SORTS);
        pages.write(request, response, "place", values);
    }

    private PlaceRecord record(Place place, Links links) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("limit", Integer.toString(ROWS));
        String sort = links.asked("sort");
        parameters.put("sort", sort != null && SORTS.contains(sort) ? sort : SORTS.getFirst());
        String show = links.asked("show");
        if (show != null && ATTENTION.contains(show)) {
            parameters.put("attention", show);
        } else if (show != null && STATES.contains(show)) {
            parameters.put("state", show);
        }
        String after = links.asked("after");
        if (after != null) {
            parameters.put("after", after);
        }
        return ask(place, parameters);
    }

    /** What is disputed, overspent or late stands before the list, wherever that would have it. */
    private List<PlaceRecord.Row> first(Place place, PlaceRecord record, Links links) {
        if (links.asked("show") != null || links.asked("after") != null) {
            return List.of();
        }
        Map<String, PlaceRecord.Row> rows = new LinkedHashMap<>();
        if (record.counts().disputed() > 0) {
            putFirst(place, "disputed", rows);
        }
        if (record.counts().overspent() > 0) {
            putFirst(place, "overspent", rows);
        }
        if (record.counts().late() > 0) {
            putFirst(place, "late", rows);
        }
        return List.copyOf(rows.values());
    }

    private void putFirst(Place place, String attention, Map<String, PlaceRecord.Row> rows) {
        ask(
                        place,
                        Map.of(
                                "attention",
                                attention,
                                "sort",
                                "next-due",
                                "limit",
                                Integer.toString(PUT_FIRST)))
                .commitments()
                .items()
                .forEach(row -> rows.putIfAbsent(row.id(), row));
    }

    private PlaceRecord ask(Place place, Map<String, String> parameters) {
        Optional<PlaceRecord> record = records.place(place.scheme(), place.code(), parameters);
        return record.orElseThrow(
                () -> new ProblemException(Problem.of(404, "portal.unknown-place")));
    }

    private List<Listed> listed(List<Place> some, Links links, Wording w) {
        return some.stream().map(place -> Listed.of(place, places, links, w)).toList();
    }
}
