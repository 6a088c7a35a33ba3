package org.ashar.progressreports.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.ashar.progressreports.api.RunningService.example;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.api.RunningService.Answer;
import org.ashar.progressreports.domain.report.ProgressReport;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The record of a place with 10,000 commitments, each with a budget and a report. */
class PlaceOfManyIT {

    private static final int MANY = 10_000;
    private static final String PLACE = "/api/record/places/soate/" + RunningService.CODE;
    private static final Instant TOLD = Instant.parse("2025-01-15T04:00:00Z");

    @TempDir private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        service = new RunningService(folder);
        StreamId commitment = StreamId.derived("commitment", "one");
        StreamId budget = StreamId.derived("budget-commitment", "one");
        ObjectNode published = example("commitment-published");
        published.put("publishedOn", "2025-01-15");
        ObjectNode proposed = example("budget-proposed");
        proposed.put("commitment", commitment.toString());
        service.tell(
                RunningService.event(
                        commitment, 1, "commitment-published", TOLD, bytes(published)));
        service.tell(RunningService.event(budget, 1, "budget-proposed", TOLD, bytes(proposed)));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.get(PLACE).json().at("/restsOn/streams").asLong() == 2);
        multiply("commitments", commitment);
        multiply("budgets", budget);
        report();
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "next-due", "title"})
    void all_is_counted_and_a_page_costs_no_more_than_it_shows(String sort) {
        long before = service.documentsRead();
        Answer answer = service.get(PLACE + "?on=2026-06-01&limit=200&sort=" + sort);
        long read = service.documentsRead() - before;
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode record = answer.json();
        assertThat(record.at("/counts/commitments").asLong()).isEqualTo(MANY + 1);
        assertThat(record.at("/reports/published").asLong()).isEqualTo(MANY);
        assertThat(record.at("/commitments/items").size()).isEqualTo(200);
        assertThat(record.at("/commitments/next").asString()).isNotEmpty();
        assertThat(answer.raw().body().length).isLessThan(500_000);
        assertThat(read).isLessThan(3L * MANY + 2_000);
    }

    private static void multiply(String kind, StreamId one) {
        MongoCollection<Document> slices = slices(kind);
        Document slice = requireNonNull(slices.find(new Document("_id", one.toString())).first());
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Document fields = new Document(slice.get("f", Document.class));
            if (kind.equals("commitments")) {
                fields.put("publishedOn", LocalDate.of(2025, 1, 15).plusDays(i % 90).toString());
            } else {
                fields.put("commitment", id("commitment", i).toString());
            }
            many.add(
                    new Document(slice)
                            .append("_id", id(one.type(), i).toString())
                            .append("f", fields));
        }
        slices.insertMany(many);
    }

    private static void report() {
        List<Document> many = new ArrayList<>();
        ReportingPeriod period = new ReportingPeriod(Frequency.QUARTER, 2025, 2);
        for (int i = 0; i < MANY; i++) {
            StreamId commitment = id("commitment", i);
            many.add(
                    new Document("_id", ProgressReport.stream(commitment, period).toString())
                            .append("seq", 1L)
                            .append("body", "{}")
                            .append(
                                    "f",
                                    new Document("commitment", commitment.toString())
                                            .append("place", RunningService.PLACE)
                                            .append("period", period.id())
                                            .append("begins", period.days().start().toString())
                                            .append("publishedAt", Date.from(TOLD))
                                            .append("corrections", 0L)
                                            .append("latest", Date.from(TOLD))));
        }
        slices("reports").insertMany(many);
    }

    private static StreamId id(String type, int number) {
        return StreamId.derived(type, "many", Integer.toString(number));
    }

    private static MongoCollection<Document> slices(String kind) {
        return service.bean(MongoDatabase.class).getCollection("record_" + kind + "_g1");
    }

    private static byte[] bytes(ObjectNode data) {
        return data.toString().getBytes(UTF_8);
    }
}
