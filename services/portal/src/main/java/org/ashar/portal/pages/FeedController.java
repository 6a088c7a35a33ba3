package org.ashar.portal.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.ashar.portal.config.PortalSettings;
import org.ashar.portal.ledger.LedgerClient;
import org.ashar.portal.ledger.LedgerClient.Entry;
import org.ashar.portal.ledger.LedgerClient.Succeeded;
import org.ashar.portal.ledger.LoggedEvent;
import org.ashar.portal.publicrecord.Entries;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Published events as feeds, of one place, school, plan, commitment or type, or of all. The newest
 * document holds the newest events; what is older lies in archives whose events never change (RFC
 * 5005), each of the events among {@value #BLOCK} entries of the ledger. Whoever follows the
 * archives back misses none.
 */
@Controller
final class FeedController {

    private static final int BLOCK = 200;
    private static final int NEWEST = 50;
    private static final int ROWS = 12;
    private static final int MOST_ASKED = 4;
    private static final Map<String, Predicate<String>> FILTERS =
            Map.of(
                    "type",
                    FactTypes::isForm,
                    "place",
                    LoggedEvent::isPlaceKey,
                    "commitment",
                    StreamId::isId,
                    "plan",
                    StreamId::isId,
                    "school",
                    StreamId::isId,
                    "organisation",
                    FeedController::isOrganisation);

    private static final int LONGEST_ORGANISATION = 120;

    private final LedgerClient ledger;
    private final PageWriter pages;
    private final PortalSettings settings;

    FeedController(LedgerClient ledger, PageWriter pages, PortalSettings settings) {
        this.ledger = ledger;
        this.pages = pages;
        this.settings = settings;
    }

    private static boolean isOrganisation(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_ORGANISATION
                && text.chars().noneMatch(Character::isISOControl);
    }

    @GetMapping("/feed.atom")
    void atom(Query query, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(FeedFormat.ATOM, query, request, response);
    }

    @GetMapping("/feed.json")
    void json(Query query, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(FeedFormat.JSON, query, request, response);
    }

    private void write(
            FeedFormat format,
            Query query,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        SortedMap<String, String> filters = new TreeMap<>();
        FILTERS.forEach(
                (name, form) ->
                        query.value(
                                        name,
                                        text ->
                                                form.test(text)
                                                        ? Checked.valid(text)
                                                        : Checked.invalid("feed.malformed-filter"))
                                .ifPresent(text -> filters.put(name, text)));
        Long block = query.integer("archive", 0, Long.MAX_VALUE / BLOCK - 1).orElse(null);
        byte[] document =
                query.valid(
                        () -> {
                            Address address =
                                    new Address(
                                            Links.site(settings, request),
                                            format.path(),
                                            filters,
                                            Links.of(request));
                            Wording w = pages.wording(request);
                            return format.write(
                                    block == null
                                            ? newest(address, w)
                                            : archive(block, address, w));
                        });
        response.setContentType(format.mediaType() + ";charset=UTF-8");
        response.setHeader("Content-Language", query.language());
        response.setHeader("Vary", "Accept-Language");
        response.setHeader(
                "Cache-Control", block == null ? "public, max-age=60" : "public, max-age=86400");
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.getOutputStream().write(document);
    }

    /** All that no archive has yet, and the newest in any case. */
    private Feed newest(Address address, Wording w) {
        Found newest = before(Long.MAX_VALUE, BLOCK, address);
        List<Entry> found = newest.entries();
        long begun = size() / BLOCK * BLOCK; // asked for last: no entry found lies beyond it
        if (newest.next() > begun) {
            throw ledger.busy(); // of what no archive has yet, some may be missing
        }
        int fresh = (int) found.stream().filter(entry -> entry.index() >= begun).count();
        List<Entry> shown = found.subList(0, Math.min(found.size(), Math.max(fresh, NEWEST)));
        String previous =
                fresh < found.size()
                        ? address.archive(found.get(fresh).index() / BLOCK)
                        : address.archiveBefore(newest.next());
        return feed(address.current(), previous, false, shown, address, w);
    }

    private Feed archive(long block, Address address, Wording w) {
        long from = block * BLOCK;
        if (from + BLOCK > size()) {
            throw new ProblemException(Problem.of(404, "feed.no-such-archive"));
        }
        Found whole = before(from + BLOCK, BLOCK, address);
        if (whole.next() > from) {
            throw ledger.busy(); // it would be kept without what is missing
        }
        List<Entry> found =
                whole.entries().stream().filter(entry -> entry.index() >= from).toList();
        Found older = before(from, 1, address);
        String previous =
                older.entries().isEmpty()
                        ? address.archiveBefore(older.next())
                        : address.archive(older.entries().getFirst().index() / BLOCK);
        return feed(address.archive(block), previous, true, found, address, w);
    }

    private long size() {
        return ledger.latestCheckpoint().map(served -> served.checkpoint().size()).orElse(0L);
    }

    /**
     * Entries that were found, the newest first.
     *
     * @param next before which others may be; 0 where none is
     */
    private record Found(List<Entry> entries, long next) {}

    /**
     * An answer may hold fewer than were asked for; then the next one goes on, but not for long.
     */
    private Found before(long index, int limit, Address address) {
        List<Entry> found = new ArrayList<>();
        String after = index == Long.MAX_VALUE ? "" : Long.toString(index);
        boolean goesOn = index > 0;
        for (int ask = 0; goesOn && found.size() < limit && ask < MOST_ASKED; ask++) {
            Map<String, String> asked = new TreeMap<>(address.filters());
            asked.put("limit", Integer.toString(limit - found.size()));
            if (!after.isEmpty()) {
                asked.put("after", after);
            }
            Entries<Entry> page = ledger.newest(asked);
            found.addAll(page.items());
            String next = page.cursor();
            goesOn = next != null;
            after = Objects.requireNonNullElse(next, "0");
        }
        return new Found(found, goesOn ? Long.parseLong(after) : 0);
    }

    private Feed feed(
            String self,
            @Nullable String previous,
            boolean isArchive,
            List<Entry> entries,
            Address address,
            Wording w) {
        List<Feed.Item> items = entries.stream().map(entry -> item(entry, address, w)).toList();
        return new Feed(
                uuid(firstOrigin() + Address.query(address.filters())),
                title(address, entries, w),
                w.language(),
                self,
                address.current(),
                previous,
                isArchive,
                address.home(),
                items.isEmpty() ? Instant.EPOCH : items.getFirst().updated(),
                items);
    }

    /** The name of the log, or of the first one that it goes on from: it never changes. */
    private String firstOrigin() {
        List<Succeeded> logs = ledger.succeeded();
        return logs.isEmpty() ? ledger.key().name() : logs.getFirst().origin();
    }

    private static String title(Address address, List<Entry> entries, Wording w) {
        StringBuilder title = new StringBuilder(w.text("feed.title"));
        if (address.filters().containsKey("place") && !entries.isEmpty()) {
            String place = LoggedEvent.of(entries.getFirst().entry()).placeName();
            title.append(" · ").append(Visible.of(place, EntryLine.NAME).value());
        }
        String type = address.filters().get("type");
        if (type != null) {
            title.append(" · ").append(w.named("fact.", type.split("\\.", -1)[3]));
        }
        String organisation = address.filters().get("organisation");
        if (organisation != null) {
            title.append(" · ").append(Visible.of(organisation, EntryLine.NAME).value());
        }
        return title.toString();
    }

    private static Feed.Item item(Entry entry, Address address, Wording w) {
        LoggedEvent event = LoggedEvent.of(entry.entry());
        String place = Visible.of(event.placeName(), EntryLine.NAME).value();
        String what = EntryLine.what(event, w);
        Instant time = Objects.requireNonNullElse(event.time(), Instant.EPOCH);
        String text =
                new EventFields(event.data(), w, address.links())
                        .rows().stream()
                                .limit(ROWS)
                                .map(FeedController::line)
                                .collect(Collectors.joining("\n"));
        String notice = event.recorded() == null ? "" : w.text("demonstration") + "\n";
        return new Feed.Item(
                uuid(entry.entry()),
                address.page(entry.index()),
                place.isEmpty() ? what : what + " · " + place,
                notice + text,
                time,
                Objects.requireNonNullElse(event.recorded(), time),
                Visible.of(event.type(), EntryLine.NAME).value(),
                entry.index(),
                Visible.of(event.id(), EntryLine.NAME).value());
    }

    private static String uuid(String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    private static String line(EventFields.Row row) {
        Wording.Said said = row.value();
        return said == null ? row.name() + ":" : row.name() + ": " + said.value();
    }

    /**
     * Whole addresses within one kind of feed.
     *
     * @param site of this portal
     */
    private record Address(
            String site, String path, SortedMap<String, String> filters, Links links) {

        String current() {
            return at(filters);
        }

        String archive(long block) {
            SortedMap<String, String> more = new TreeMap<>(filters);
            more.put("archive", Long.toString(block));
            return at(more);
        }

        /** Of the archive that ends before an index; none at the beginning of the log. */
        @Nullable String archiveBefore(long index) {
            return index == 0 ? null : archive((index - 1) / BLOCK);
        }

        String home() {
            String commitment = filters.get("commitment");
            String place = filters.get("place");
            return site
                    + links.to(
                            commitment != null
                                    ? "/commitments/" + commitment
                                    : place != null ? "/places/" + place : "/audit");
        }

        String page(long index) {
            return site + links.to("/audit/entries/" + index);
        }

        private String at(SortedMap<String, String> parameters) {
            SortedMap<String, String> all = new TreeMap<>(parameters);
            String language = links.asked("lang");
            if (language != null) {
                all.put("lang", language);
            }
            return site + path + query(all);
        }

        private static String query(SortedMap<String, String> parameters) {
            String query =
                    parameters.entrySet().stream()
                            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), UTF_8))
                            .collect(Collectors.joining("&"));
            return query.isEmpty() ? "" : "?" + query;
        }
    }
}
