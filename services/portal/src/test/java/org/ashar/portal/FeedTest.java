package org.ashar.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.ashar.json.AsharJson;
import org.ashar.tlog.NoteKey;
import org.ashar.tlog.NoteKey.Kind;
import org.ashar.tlog.NoteSigner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;

/** Whoever follows a feed, and its archives back, hears of every event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedTest {

    private static final int SIZE = 450;

    private final LedgerStub log = LedgerStub.of(SIZE);
    private final StubService ledger = StubService.start(log::answer);
    private final StubService nobody =
            StubService.start(_ -> new StubService.Reply(404, Map.of(), ""));
    private RunningPortal portal;
    private RunningPortal published;

    @BeforeAll
    void start() {
        portal =
                RunningPortal.start(
                        Map.of(
                                "accountability", ledger.base(),
                                "budget-commitments", nobody.base(),
                                "progress-reports", nobody.base()));
        published =
                RunningPortal.start(
                        Map.of(
                                "accountability", ledger.base(),
                                "budget-commitments", nobody.base(),
                                "progress-reports", nobody.base()),
                        "ashar.public-url=https://ashar.example.org/");
    }

    @AfterAll
    void stop() {
        portal.close();
        published.close();
        ledger.close();
        nobody.close();
    }

    @Test
    void atom_and_its_archives_hold_every_event_and_archives_never_change() throws Exception {
        Set<String> ids = new HashSet<>();
        List<String> archives = new ArrayList<>();
        for (String path = "/feed.atom?lang=en"; path != null; ) {
            HttpResponse<String> answer = portal.get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("application/atom+xml;charset=UTF-8");
            Document document = parsed(answer.body());
            boolean isArchive =
                    document.getElementsByTagNameNS(
                                            "http://purl.org/syndication/history/1.0", "archive")
                                    .getLength()
                            == 1;
            assertThat(isArchive).isEqualTo(path.contains("archive="));
            assertThat(
                            answer.headers()
                                    .firstValue("Cache-Control")
                                    .orElse("")
                                    .contains("max-age=86400"))
                    .isEqualTo(isArchive);
            assertThat(link(document, "self")).isEqualTo(portal.at(path).toString());
            elements(document, "id").stream().skip(1).forEach(id -> ids.add(id.getTextContent()));
            String previous = link(document, "prev-archive");
            path = previous == null ? null : previous.substring(portal.at("").toString().length());
            if (path != null) {
                archives.add(path);
            }
        }
        assertThat(archives)
                .containsExactly("/feed.atom?archive=1&lang=en", "/feed.atom?archive=0&lang=en");
        assertThat(ids).hasSize(SIZE).allMatch(id -> id.startsWith("urn:uuid:"));
    }

    @Test
    void json_feed_says_the_same_in_the_readers_language() {
        List<Long> indexes = new ArrayList<>();
        for (String path = "/feed.json?lang=ru"; path != null; ) {
            HttpResponse<String> answer = portal.get(path);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("application/feed+json;charset=UTF-8");
            JsonNode feed = AsharJson.strict().readTree(answer.body().getBytes(UTF_8));
            assertThat(feed.path("version").asString())
                    .isEqualTo("https://jsonfeed.org/version/1.1");
            StreamSupport.stream(feed.path("items").spliterator(), false)
                    .forEach(item -> indexes.add(item.path("_ashar").path("index").asLong()));
            assertThat(feed.path("items").get(0).path("title").asString())
                    .startsWith("Обещание опубликовано");
            String next = feed.path("next_url").asString("");
            path = next.isEmpty() ? null : next.substring(portal.at("").toString().length());
        }
        assertThat(indexes).containsAll(LongStream.range(0, SIZE).boxed().toList());
    }

    @Test
    void where_nothing_is_found_for_long_the_archives_lead_on() throws Exception {
        ledger.behave(asked -> log.seekInVain(asked, 50));
        try {
            Document newest = parsed(portal.get("/feed.atom?lang=en").body());
            assertThat(elements(newest, "entry")).isEmpty();
            assertThat(link(newest, "prev-archive")).endsWith("archive=1&lang=en");
            Document archive = parsed(portal.get("/feed.atom?archive=1&lang=en").body());
            assertThat(elements(archive, "entry")).isEmpty();
            assertThat(link(archive, "prev-archive")).as("all was looked through").isNull();
            ledger.behave(asked -> log.seekInVain(asked, 10));
            for (String unfinished : List.of("/feed.atom", "/feed.json?archive=1")) {
                assertThat(portal.get(unfinished).statusCode()).as(unfinished).isEqualTo(503);
            }
        } finally {
            ledger.behave(log::answer);
        }
    }

    @Test
    void a_feed_is_of_what_was_asked_for() throws Exception {
        Document feed =
                parsed(
                        portal.get("/feed.atom?lang=en&commitment=" + LedgerStub.PROMISE.id())
                                .body());
        assertThat(elements(feed, "entry")).hasSize(3);
        assertThat(link(feed, "alternate"))
                .endsWith("/commitments/" + LedgerStub.PROMISE.id() + "?lang=en");
        assertThat(link(feed, "prev-archive"))
                .endsWith("archive=0&commitment=" + LedgerStub.PROMISE.id() + "&lang=en");
    }

    @Test
    void a_feed_is_the_same_one_whoever_asks_for_it_in_whatever_language_and_by_whatever_name()
            throws Exception {
        String id = idOf(portal, "/feed.atom?lang=en");
        assertThat(id).startsWith("urn:uuid:");
        assertThat(idOf(portal, "/feed.atom?lang=ky")).isEqualTo(id);
        assertThat(idOf(portal, "/feed.atom?archive=0")).isEqualTo(id);
        assertThat(idOf(published, "/feed.atom")).isEqualTo(id);
        assertThat(idOf(portal, "/feed.atom?place=soate/1"))
                .isNotEqualTo(id)
                .isNotEqualTo(idOf(portal, "/feed.atom?place=soate/2"));
    }

    @Test
    void a_demonstration_says_that_it_is_one() throws Exception {
        assertThat(portal.get("/feed.atom?lang=en").body()).doesNotContain("made up");
        ledger.behave(
                asked -> {
                    StubService.Reply reply = log.answer(asked);
                    String recorded =
                            "\\\"recordedtime\\\":\\\"2026-02-03T04:05:06Z\\\",\\\"specversion\\\"";
                    return new StubService.Reply(
                            reply.status(),
                            reply.headers(),
                            reply.body().replace("\\\"specversion\\\"", recorded));
                });
        try {
            assertThat(portal.get("/feed.atom?lang=en").body())
                    .contains(
                            "This is a demonstration: promises, amounts and reports are made up.");
        } finally {
            ledger.behave(log::answer);
        }
    }

    @Test
    void a_feed_is_the_same_one_when_another_log_goes_on() throws Exception {
        String id = idOf(portal, "/feed.atom");
        NoteKey later = NoteSigner.of("later.example.org", Kind.ED25519, LedgerStub.seed(9)).key();
        String first = LedgerStub.succeeded("/ledger/logs/1/ledger");
        ledger.behave(
                asked ->
                        switch (asked.uri()) {
                            case "/ledger/key" -> LedgerStub.text(later.vkey() + "\n");
                            case "/ledger/logs" -> LedgerStub.json(first);
                            default -> log.answer(asked);
                        });
        try {
            assertThat(idOf(portal, "/feed.atom")).isEqualTo(id);
        } finally {
            ledger.behave(log::answer);
        }
    }

    private static String idOf(RunningPortal asked, String path) throws Exception {
        return elements(parsed(asked.get(path).body()), "id").getFirst().getTextContent();
    }

    @Test
    void addresses_are_those_that_the_installation_is_known_by() throws Exception {
        Document feed = parsed(published.get("/feed.atom?lang=en").body());
        assertThat(link(feed, "self")).isEqualTo("https://ashar.example.org/feed.atom?lang=en");
        assertThat(link(feed, "prev-archive")).startsWith("https://ashar.example.org/feed.atom?");
        assertThat(published.get("/audit?lang=en").body())
                .contains("https://ashar.example.org")
                .doesNotContain("http://127.0.0.1:" + published.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ashar.example.org",
                "ftp://ashar.example.org",
                "https:///",
                "https://user@ashar.example.org",
                "https://ashar.example.org/path",
                "https://ashar.example.org?query",
                "https://ashar.example.org#fragment"
            })
    void what_cannot_be_a_public_address_stops_the_start(String address) {
        assertThatThrownBy(
                        () ->
                                RunningPortal.start(
                                        Map.of("accountability", ledger.base()),
                                        "ashar.public-url=" + address))
                .hasStackTraceContaining("ashar.public-url");
    }

    @Test
    void an_archive_names_the_feed_that_it_is_of() {
        JsonNode archive =
                AsharJson.strict()
                        .readTree(
                                portal.get("/feed.json?archive=1&lang=en").body().getBytes(UTF_8));
        assertThat(archive.path("feed_url").asString())
                .isEqualTo(portal.at("/feed.json?lang=en").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/feed.atom", "/feed.json"})
    void a_feed_travels_compressed(String path) {
        assertThat(
                        portal.get(path, "Accept-Encoding", "gzip")
                                .headers()
                                .firstValue("Content-Encoding"))
                .hasValue("gzip");
    }

    @Test
    void whatever_events_can_be_of_has_a_feed() {
        for (String query :
                List.of(
                        "place=iso3166-2/KG.1-b",
                        "plan=" + LedgerStub.PROMISE.id() + "&school=" + LedgerStub.BUDGET.id(),
                        "organisation=" + "o".repeat(120),
                        "type="
                                + LedgerStub.OFFERED
                                + "&commitment="
                                + LedgerStub.PROMISE.id()
                                + "&place=soate/1&plan="
                                + LedgerStub.BUDGET.id()
                                + "&school="
                                + LedgerStub.LARGE.id()
                                + "&organisation=okmotu")) {
            for (String document : List.of("", "&archive=1")) {
                ledger.forget();
                assertThat(portal.get("/feed.atom?" + query + document).statusCode())
                        .as(query)
                        .isEqualTo(200);
                assertThat(ledger.asked())
                        .extracting(asked -> URI.create(asked.uri()))
                        .filteredOn(uri -> uri.getPath().equals("/api/ledger/entries"))
                        .isNotEmpty()
                        .allSatisfy(
                                uri ->
                                        assertThat(RecordStub.parameters(uri.getRawQuery()))
                                                .containsAllEntriesOf(
                                                        RecordStub.parameters(query)));
            }
        }
        assertThat(portal.get("/feed.atom?organisation=" + "o".repeat(121)).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "place=x",
                "place=iso/.1",
                "type=y",
                "commitment=1",
                "plan=1",
                "school=x",
                "archive=-1",
                "archive=1e3",
                "nothing=1",
                "organisation=%00",
                "place=soate/1&place=soate/2"
            })
    void a_bad_filter_is_refused_by_name(String query) {
        HttpResponse<String> answer =
                portal.get("/feed.atom?" + query, "Accept", "application/json");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"" + query.substring(0, query.indexOf('=')) + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive=2", "archive=99999999"})
    void an_archive_that_is_not_full_is_not_there(String query) {
        assertThat(portal.get("/feed.json?" + query).statusCode()).isEqualTo(404);
    }

    private static Document parsed(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    }

    private static @Nullable String link(Document feed, String relation) {
        for (Element link : elements(feed, "link")) {
            if (link.getAttribute("rel").equals(relation)
                    && link.getParentNode().equals(feed.getDocumentElement())) {
                return link.getAttribute("href");
            }
        }
        return null;
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagNameNS("http://www.w3.org/2005/Atom", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
