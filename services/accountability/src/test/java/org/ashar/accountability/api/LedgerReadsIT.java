package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ashar.accountability.api.RunningLedger.header;
import static org.ashar.accountability.api.RunningLedger.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ashar.accountability.ledger.LedgerStand;
import org.ashar.accountability.webhook.Receiver;
import org.ashar.json.AsharJson;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;
import org.ashar.security.Grant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What each way of reading the log shows of it, at a process that does not write it itself. */
class LedgerReadsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** Of a plan, of a school and of a commitment. */
    private static final String ID = stream("any").id();

    private static RunningLedger ledger;
    private static MongoClient client;
    private static URI filtered;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        ledger = new RunningLedger(folder);
        client = MongoClients.create(ledger.store.uri());
        LedgerStand log = log("filtered");
        String other = stream("other").id();
        log.append("{}");
        log.append("{\"plan\":\"community-plan/" + ID + "\"}");
        log.append("{\"school\":\"school/" + ID + "\"}");
        log.append("{\"by\":{\"organisation\":\"okmotu\"}}");
        log.append("{\"place\":{\"scheme\":\"soate\",\"code\":\"4170\"}}");
        log.append(new StreamId("commitment", ID), "commitment-published", "{}");
        log.append(stream("of a type"), "spending-recorded", "{}");
        log.append(
                new StreamId("budget-commitment", other),
                "spending-refused",
                about(other, "41701", "rival"));
        log.append(
                new StreamId("budget-commitment", ID),
                "spending-recorded",
                about(ID, "4170", "okmotu"));
        filtered = reader("filtered");
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        ledger.close();
    }

    private static String about(String id, String place, String organisation) {
        return """
        {"plan":"community-plan/%1$s","school":"school/%1$s","commitment":"commitment/%1$s",\
        "place":{"scheme":"soate","code":"%2$s"},"by":{"organisation":"%3$s"}}"""
                .formatted(id, place, organisation);
    }

    /** The log that the service of this name reads, written here. */
    private static LedgerStand log(String service) {
        return new LedgerStand(
                        client.getDatabase("ashar_" + service),
                        HexFormat.of().parseHex(RunningLedger.SEED))
                .alone();
    }

    private static URI reader(String service) {
        return ledger.start(
                "--spring.application.name=" + service,
                "--ashar.ledger.patience=1h",
                "--ashar.webhooks.allow-private=true");
    }

    @Test
    void nobody_reads_of_an_event_before_a_published_checkpoint_covers_it() throws Exception {
        LedgerStand log = log("unpublished");
        log.append(3);
        String data = "{\"text\":\"" + "x".repeat(70_000) + "\"}";
        log.appendUnpublished(data);
        URI base = reader("unpublished");
        String event = "/api/ledger/events/" + stream("1") + "@4";
        List<String> ofIt =
                List.of(
                        event,
                        event + "/proof",
                        event + ".tlog-proof",
                        "/api/ledger/entries/3",
                        "/api/ledger/consistency?from=3&to=4",
                        "/api/ledger/payloads/" + Sha256.of(data.getBytes(UTF_8)).hex(),
                        "/ledger/tile/entries/000.p/4",
                        "/ledger/tile/0/000.p/4");
        List<Long> heard = new CopyOnWriteArrayList<>();
        try (EventReader events = new EventReader(base, "?from=0", "")) {
            Thread follower = Thread.ofVirtual().start(() -> hear(events, 4, heard));
            await().during(Duration.ofSeconds(1))
                    .atMost(SOON)
                    .until(() -> heard.equals(List.of(0L, 1L, 2L)));
            assertThat(ledger.size(base)).isEqualTo(3);
            assertThat(ofIt)
                    .allSatisfy(
                            path -> assertThat(ledger.get(base, path).statusCode()).isEqualTo(404));
            assertThat(lines(base, "")).containsExactly(0L, 1L, 2L);
            assertThat(newest(base, "")).containsExactly(2L, 1L, 0L);

            log.publish();
            assertThat(follower.join(SOON)).isTrue();
            assertThat(heard).containsExactly(0L, 1L, 2L, 3L);
            assertThat(ledger.size(base)).isEqualTo(4);
            assertThat(ofIt)
                    .allSatisfy(
                            path -> assertThat(ledger.get(base, path).statusCode()).isEqualTo(200));
            assertThat(lines(base, "")).containsExactly(0L, 1L, 2L, 3L);
            assertThat(newest(base, "")).containsExactly(3L, 2L, 1L, 0L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plan, , 1",
        "school, , 2",
        "organisation, okmotu, 3",
        "place, soate/4170, 4",
        "commitment, , 5",
        "type, org.ashar.budget-commitments.spending-recorded.v1, 6"
    })
    void a_filter_means_the_same_wherever_events_are_read(
            String filter, @Nullable String named, long first) throws Exception {
        String value = named == null ? ID : named;
        String query = filter + "=" + value;
        List<Long> wanted = List.of(first, 8L);

        assertThat(lines(filtered, query)).isEqualTo(wanted);
        assertThat(newest(filtered, query)).isEqualTo(wanted.reversed());
        List<Long> heard = new ArrayList<>();
        try (EventReader events = new EventReader(filtered, "?from=0&" + query, "")) {
            hear(events, 2, heard);
        }
        assertThat(heard).isEqualTo(wanted);
        try (Receiver receiver = new Receiver()) {
            String wish =
                    "{\"url\":\"%s\",\"from\":0,\"filter\":{\"%s\":\"%s\"}}"
                            .formatted(receiver.url(), filter, value);
            HttpResponse<byte[]> made =
                    ledger.post(
                            filtered,
                            "/api/subscriptions",
                            wish,
                            "Idempotency-Key",
                            filter,
                            "Authorization",
                            "Bearer "
                                    + ledger.token(
                                            "tester", null, Grant.unbound("auditor", "watch")));
            assertThat(made.statusCode()).as(new String(made.body(), UTF_8)).isEqualTo(201);
            await().atMost(SOON).until(() -> receiver.indexes().equals(wanted));
        }
    }

    private static void hear(EventReader events, int count, List<Long> heard) {
        try {
            for (int i = 0; i < count; i++) {
                heard.add(events.next().getKey());
            }
        } catch (IOException e) {
            throw new IllegalStateException("only " + heard, e);
        }
    }

    /** Indexes of what is read line by line. */
    private static List<Long> lines(URI base, String query) {
        HttpResponse<byte[]> answer = ledger.get(base, "/api/ledger/events?" + query);
        assertThat(header(answer, "Next-From")).isEqualTo(Long.toString(ledger.size(base)));
        return new String(answer.body(), UTF_8)
                .lines()
                .map(line -> AsharJson.strict().readTree(line).path("id").asString())
                .map(id -> ledger.text(base, "/api/ledger/events/" + id))
                .map(receipt -> AsharJson.strict().readTree(receipt).path("index").asLong())
                .toList();
    }

    private static List<Long> newest(URI base, String query) {
        List<Long> indexes = new ArrayList<>();
        for (JsonNode entry :
                AsharJson.strict()
                        .readTree(ledger.text(base, "/api/ledger/entries?" + query))
                        .path("items")) {
            indexes.add(entry.path("index").asLong());
        }
        return indexes;
    }
}
