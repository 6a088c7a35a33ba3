package org.ashar.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
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

    private final StubService ledger = StubService.start(LedgerStub.of(SIZE)::answer);
    private final StubService nobody =
            StubService.start(_ -> new StubService.Reply(404, Map.of(), ""));
    private RunningPortal portal;

    @BeforeAll
    void start() {
        portal =
                RunningPortal.start(
                        Map.of(
                                "accountability", ledger.base(),
                                "budget-commitments", nobody.base(),
                                "progress-reports", nobody.base()));
    }

    @AfterAll
    void stop() {
        portal.close();
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
                                    .contains("immutable"))
                    .isEqualTo(isArchive);
            assertThat(link(document, "self")).isEqualTo(portal.at(path).toString());
            for (Element id : elements(document, "id")) {
                ids.add(id.getTextContent());
            }
            String previous = link(document, "prev-archive");
            path = previous == null ? null : previous.substring(portal.at("").toString().length());
            if (path != null) {
                archives.add(path);
            }
        }
        assertThat(archives)
                .containsExactly("/feed.atom?archive=1&lang=en", "/feed.atom?archive=0&lang=en");
        ids.removeIf(id -> !id.startsWith("urn:uuid:"));
        assertThat(ids).hasSize(SIZE);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "place=x",
                "type=y",
                "commitment=1",
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
