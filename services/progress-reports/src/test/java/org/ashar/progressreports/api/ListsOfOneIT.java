package org.ashar.progressreports.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.ashar.progressreports.api.RunningService.example;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.ashar.json.AsharJson;
import org.ashar.kernel.StreamId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A commitment of which much is told, and one with more budgets than a record is made of. */
class ListsOfOneIT {

    private static final int MANY = 3_000;
    private static final int DISPUTES = 450;
    private static final int BUDGETS = 5_001;
    private static final Instant TOLD = Instant.parse("2025-01-15T04:00:00Z");
    private static final StreamId COMMITMENT = StreamId.derived("commitment", "told");
    private static final StreamId RICH = StreamId.derived("commitment", "rich");
    private static final StreamId BUDGET = StreamId.derived("budget-commitment", "told");
    private static final String RECORD = "/api/record/commitments/";

    /** The store reads ahead, by no more than as much again; and the view is looked after. */
    private static final int ASIDE = 100;

    @TempDir private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        service = new RunningService(folder);
        tell(COMMITMENT, 1, "commitment-published");
        tell(RICH, 1, "commitment-published");
        tell(BUDGET, 1, "budget-proposed");
        tell(BUDGET, 2, "budget-approved");
        tell(BUDGET, 3, "budget-committed");
        tell(BUDGET, 4, "spending-recorded");
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                service.get(RECORD + COMMITMENT.id())
                                                .json()
                                                .at("/restsOn")
                                                .path(BUDGET.toString())
                                                .asLong(0)
                                        == 4);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.get(RECORD + RICH.id()).status() == 200);
        lengthenHistory();
        lengthenSpending();
        multiplyBudgets();
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/history?limit=50, 3454",
        "/history?limit=50&kind=commitment-disputed, 450",
        "/spending?limit=50, 6001",
        "/spending?limit=50&budget=, 3001",
    })
    void each_page_of_a_long_list_costs_no_more_than_it_shows(String list, int rows) {
        String address = list.endsWith("budget=") ? list + BUDGET.id() : list;
        List<String> walked = new ArrayList<>();
        String after = "";
        do {
            long before = service.documentsRead();
            JsonNode page = service.get(RECORD + COMMITMENT.id() + address + after).json();
            assertThat(service.documentsRead() - before)
                    .as("behind %s rows", walked.size())
                    .isLessThan(4 * 51 + ASIDE);
            page.get("items").forEach(item -> walked.add(item.get("event").asString()));
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
        } while (!after.isEmpty());
        assertThat(walked).doesNotHaveDuplicates().hasSize(rows);
    }

    @Test
    void every_dispute_is_in_the_record_however_many_there_were() {
        JsonNode record = service.get(RECORD + COMMITMENT.id() + "?on=2026-01-01").json();
        List<Instant> at = new ArrayList<>();
        record.get("disputes")
                .forEach(item -> at.add(Instant.parse(item.at("/entry/given/at").asString())));
        assertThat(at).hasSize(DISPUTES).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(record.has("cutAt")).isFalse();
    }

    @Test
    void a_record_made_of_less_than_there_is_says_so() {
        JsonNode record = service.get(RECORD + RICH.id() + "?on=2026-01-01").json();
        assertThat(record.get("cutAt").asInt()).isEqualTo(5_000);
        assertThat(record.at("/money/budgets").has("next")).isTrue();
    }

    private static void tell(StreamId stream, long sequence, String fact) {
        ObjectNode data = example(fact);
        if (stream.equals(BUDGET)) {
            data.put("commitment", COMMITMENT.toString());
        } else {
            data.put("publishedOn", "2025-01-15");
        }
        service.tell(
                RunningService.event(
                        stream,
                        sequence,
                        fact,
                        TOLD.plusSeconds(sequence),
                        data.toString().getBytes(UTF_8)));
    }

    private static void lengthenHistory() {
        MongoCollection<Document> history = kept("history");
        Document one = first(history, Filters.eq("stream", COMMITMENT.toString()));
        List<Document> more = new ArrayList<>();
        for (int i = 0; i < MANY + DISPUTES; i++) {
            String kind = i < DISPUTES ? "commitment-disputed" : "budget-adjusted";
            Instant at = TOLD.plusSeconds(60L * (i % 1_000));
            ObjectNode body = (ObjectNode) AsharJson.lenient().readTree(one.getString("body"));
            body.put("kind", kind);
            ((ObjectNode) body.get("given")).put("at", at.toString());
            Document fields =
                    new Document(one.get("f", Document.class))
                            .append("kind", kind)
                            .append("at", Date.from(at));
            more.add(line(one, COMMITMENT, 100 + i, fields).append("body", body.toString()));
        }
        history.insertMany(more);
    }

    private static void lengthenSpending() {
        MongoCollection<Document> spending = kept("spending");
        Document one = first(spending, Filters.eq("stream", BUDGET.toString()));
        StreamId other = StreamId.derived("budget-commitment", "other");
        List<Document> more = new ArrayList<>();
        for (int i = 0; i < 2 * MANY; i++) {
            StreamId budget = i % 2 == 0 ? BUDGET : other;
            Document fields =
                    new Document(one.get("f", Document.class))
                            .append("budget", budget.toString())
                            .append(
                                    "spentOn",
                                    LocalDate.of(2025, 2, 1).plusDays(i % 700).toString());
            more.add(line(one, budget, 100 + i, fields));
        }
        spending.insertMany(more);
    }

    private static Document line(Document one, StreamId stream, long sequence, Document fields) {
        return new Document(one)
                .append("_id", stream + "@" + "%012d".formatted(sequence))
                .append("stream", stream.toString())
                .append("seq", sequence)
                .append("f", fields);
    }

    private static void multiplyBudgets() {
        MongoCollection<Document> budgets = kept("budgets");
        Document one = first(budgets, Filters.eq("_id", BUDGET.toString()));
        Document fields =
                new Document(one.get("f", Document.class)).append("commitment", RICH.toString());
        List<Document> more = new ArrayList<>();
        for (int i = 0; i < BUDGETS; i++) {
            StreamId budget = StreamId.derived("budget-commitment", "rich", Integer.toString(i));
            more.add(new Document(one).append("_id", budget.toString()).append("f", fields));
        }
        budgets.insertMany(more);
    }

    private static Document first(MongoCollection<Document> of, Bson filter) {
        return requireNonNull(of.find(filter).first());
    }

    private static MongoCollection<Document> kept(String collection) {
        return service.bean(MongoDatabase.class).getCollection("record_" + collection + "_g1");
    }
}
