package org.ashar.accountability.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ashar.accountability.ledger.Records.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.eventstore.KafkaCloudEvents;
import org.ashar.eventstore.PublishedEvent;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;
import org.ashar.kernel.canonical.CanonicalJson;
import org.ashar.messaging.StoredRecord;
import org.ashar.messaging.TopicGuard;
import org.ashar.tlog.Checkpoint;
import org.ashar.tlog.Hash;
import org.ashar.tlog.RightEdge;
import org.ashar.tlog.SignedNote;
import org.ashar.tlog.Tile;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a store over the wire: what is given is there once, in order, and verifies. */
class LedgerTest {

    private static final TopicPartition PARTITION = new TopicPartition(Records.TOPIC, 0);
    private static final LogKey KEY = LogKey.of("ledger.example.org/ledger", new byte[32], 1);

    private static final HexFormat HEX = HexFormat.of();
    private static final int HELD_LIMIT = 1_000;
    private static final Selection ANY = Selection.ANY;

    private static EmbeddedStore embedded;
    private static int databases;

    private final Records records = new Records();
    private MongoClient client;
    private String database;
    private LedgerStore store;
    private Waiting waiting;
    private Sequencer sequencer;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        embedded = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
    }

    @AfterAll
    static void close() {
        embedded.close();
    }

    @BeforeEach
    void begin() {
        database = "ledger" + databases++;
        client = MongoClients.create(embedded.uri());
        store = new LedgerStore(client.getDatabase(database));
        waiting = waiting(client);
        sequencer = sequencer(client);
        sequencer.begin();
    }

    @AfterEach
    void end() {
        client.close();
    }

    @Test
    void what_is_taken_is_logged_once_in_the_order_it_came() {
        assertThat(sequencer.take(List.of(records.event(1, 1), records.event(2, 1)))).isTrue();
        assertThat(sequencer.take(List.of(records.event(1, 2)))).isTrue();
        assertLogged(List.of(id(1, 1), id(2, 1), id(1, 2)));
        assertThat(sequencer(client).begin()).containsExactly(Map.entry(PARTITION, 3L));
    }

    @Test
    void what_comes_again_is_logged_once() {
        ConsumerRecord<String, byte[]> first = records.event(1, 1);
        assertThat(sequencer.take(List.of(first, first))).isTrue();
        assertThat(sequencer.take(List.of(first, records.event(1, 1), records.event(1, 2))))
                .isTrue();
        assertLogged(List.of(id(1, 1), id(1, 2)));
        assertThat(parked()).isEmpty();
    }

    @Test
    void another_event_under_a_logged_id_is_parked_and_changes_nothing() {
        sequencer.take(List.of(records.event(1, 1)));
        sequencer.take(List.of(records.event(1, 1, "{\"of\":\"another\"}")));
        ConsumerRecord<String, byte[]> next = records.event(1, 2);
        sequencer.take(List.of(next, records.event(1, 2, "{}")));
        assertLogged(List.of(id(1, 1), id(1, 2)));
        assertThat(parked())
                .containsExactly(
                        Map.entry(Records.TOPIC + ":0:1", "event.contradicts-logged"),
                        Map.entry(Records.TOPIC + ":0:3", "event.contradicts-logged"));
    }

    @Test
    void what_comes_before_its_predecessor_is_held_until_that_is_logged() {
        sequencer.take(List.of(records.event(1, 3), records.event(1, 2), records.event(2, 1)));
        assertLogged(List.of(id(2, 1)));
        assertThat(waiting.sequences())
                .containsOnly(Map.entry(stream(1), new TreeSet<>(Set.of(2L, 3L))));
        sequencer.take(List.of(records.event(1, 1)));
        assertLogged(List.of(id(2, 1), id(1, 1), id(1, 2), id(1, 3)));
        assertThat(waiting.sequences()).isEmpty();
    }

    @Test
    void what_is_held_outlives_the_process_and_a_long_wait_is_logged_whole() {
        for (long sequence = 700; sequence > 1; sequence--) {
            sequencer.take(List.of(records.event(1, sequence)));
        }
        Sequencer next = sequencer(client);
        next.begin();
        next.take(List.of(records.event(1, 1)));
        assertLogged(LongStream.rangeClosed(1, 700).mapToObj(s -> id(1, s)).toList());
        assertThat(waiting.sequences()).isEmpty();
    }

    @Test
    void another_event_under_a_held_id_is_parked() {
        sequencer.take(List.of(records.event(1, 2), records.event(1, 2, "{}")));
        sequencer.take(List.of(records.event(1, 2, "[]"), records.event(1, 1)));
        assertLogged(List.of(id(1, 1), id(1, 2)));
        assertThat(parked())
                .containsExactly(
                        Map.entry(Records.TOPIC + ":0:1", "event.contradicts-held"),
                        Map.entry(Records.TOPIC + ":0:2", "event.contradicts-held"));
    }

    @Test
    void what_has_no_canonical_form_is_parked_with_its_reason() {
        List<String> data =
                List.of(
                        "no json",
                        "{\"a\":1,\"a\":2}",
                        "{\"a\":\"\\ud800\"}",
                        "{\"a\":9007199254740993}",
                        "{\"a\":1e20}",
                        "[".repeat(10_000),
                        "[".repeat(64) + "]".repeat(64),
                        "1,\"id\":\"forged\"");
        sequencer.take(
                IntStream.range(0, data.size())
                        .mapToObj(i -> records.event(10 + i, 1, data.get(i)))
                        .toList());
        byte[] noUtf8 = {'"', (byte) 0xc3, '"'};
        sequencer.take(
                List.of(records.event(20, 1, noUtf8), records.event(1, 1, "{\"a\":1e-315}")));
        assertLogged(List.of(id(1, 1)));
        assertThat(parked().values())
                .containsExactly(
                        "json.syntax",
                        "json.duplicate-name",
                        "json.lone-surrogate",
                        "json.integer-out-of-range",
                        "json.integer-out-of-range",
                        "json.too-deep",
                        "json.too-deep",
                        "json.trailing-data",
                        "json.not-utf-8");
    }

    @Test
    void entries_are_found_by_what_they_are_about() {
        String place = "{\"place\":{\"scheme\":\"soate\",\"code\":\"4170\"}}";
        sequencer.take(
                List.of(
                        records.event(1, 1, place),
                        records.event(2, 1),
                        records.event(1, 2, place),
                        records.event(3, 1, place)));
        String first = stream(1).toString();
        assertThat(selected(ANY, 1, 3)).containsExactly(1L, 2L);
        assertThat(selected(new Selection(null, "soate/4170", null, null, null, null), 0, 4))
                .containsExactly(0L, 2L, 3L);
        assertThat(selected(new Selection(null, "soate/4170", first, null, null, null), 1, 4))
                .containsExactly(2L);
        assertThat(
                        selected(
                                new Selection(
                                        "org.ashar.other.told.v1", null, null, null, null, null),
                                0,
                                4))
                .isEmpty();
        assertThat(store.select(ANY, 0, 4, 1)).hasSize(1);
    }

    @Test
    void entries_are_found_by_the_plan_and_the_school_that_they_are_about() {
        String plan = StreamId.derived("community-plan", "one").toString();
        String school = StreamId.derived("school", "one").toString();
        sequencer.take(
                List.of(
                        records.event(1, 1, "{\"plan\":\"" + plan + "\"}"),
                        records.event(2, 1, "{\"school\":\"" + school + "\"}"),
                        records.event(
                                3,
                                1,
                                "{\"plan\":\"%s\",\"school\":\"%s\"}".formatted(plan, school)),
                        records.event(4, 1, "{\"plan\":\"" + school + "\",\"school\":7}")));
        assertThat(selected(new Selection(null, null, null, plan, null, null), 0, 4))
                .containsExactly(0L, 2L);
        assertThat(selected(new Selection(null, null, null, null, school, null), 0, 4))
                .containsExactly(1L, 2L);
        assertThat(selected(new Selection(null, null, null, plan, school, null), 0, 4))
                .containsExactly(2L);
    }

    @Test
    void the_newest_entries_come_first_and_those_of_a_stream_alone() {
        sequencer.take(
                List.of(
                        records.event(1, 1),
                        records.event(2, 1),
                        records.event(1, 2),
                        records.event(3, 1)));
        assertThat(newest(null, Long.MAX_VALUE, 3)).containsExactly(3L, 2L, 1L);
        assertThat(newest(null, 1, 3)).containsExactly(0L);
        assertThat(newest(stream(1), Long.MAX_VALUE, 9)).containsExactly(2L, 0L);
        assertThat(newest(stream(1), 2, 9)).containsExactly(0L);
        assertThat(newest(stream(4), Long.MAX_VALUE, 9)).isEmpty();
    }

    private List<Long> newest(@Nullable StreamId subject, long before, int limit) {
        return new Ledger(store, KEY, KEY.origin())
                .newest(ANY, subject, before, limit).entries().stream()
                        .map(LogEntry::index)
                        .toList();
    }

    private List<Long> selected(Selection selection, long from, long before) {
        return store.select(selection, from, before, 10).stream().map(LogEntry::index).toList();
    }

    @Test
    void an_event_too_large_for_an_entry_is_logged_by_the_digest_of_its_data() {
        String data =
                "{\"place\":{\"code\":\"4170\",\"scheme\":\"soate\"},\"text\":\"%s\"}"
                        .formatted("x".repeat(70_000));
        sequencer.take(List.of(records.event(1, 1, data), records.event(1, 2)));
        assertLogged(List.of(id(1, 1), id(1, 2)));
        LogEntry entry =
                store.select(new Selection(null, "soate/4170", null, null, null, null), 0, 2, 10)
                        .getFirst();
        String leaf = new String(entry.leaf(), UTF_8);
        String digest = Sha256.of(data.getBytes(UTF_8)).hex();
        assertThat(leaf)
                .contains(
                        "\"datacontenttype\":\"application/json\",\"dataref\":\"/api/ledger/payloads/"
                                + digest
                                + "\",\"id\":\"")
                .doesNotContain("\"data\":");
        assertThat(CanonicalJson.of(entry.leaf()).orThrow()).isEqualTo(entry.leaf());
        assertThat(new Ledger(store, KEY, KEY.origin()).payload(digest))
                .hasValue(data.getBytes(UTF_8));
        sequencer.take(List.of(records.event(1, 1, data.replace("x\"", "y\""))));
        assertThat(parked()).containsValue("event.contradicts-logged").hasSize(1);
    }

    @Test
    void a_bundle_of_the_largest_entries_is_whole() {
        String data = "{\"text\":\"%s\"}".formatted("x".repeat(65_000));
        sequencer.take(IntStream.range(0, 256).mapToObj(i -> records.event(i, 1, data)).toList());
        Ledger ledger = new Ledger(store, KEY, KEY.origin());
        assertThat(ledger.size()).isEqualTo(256);
        byte[] bundle = ledger.tile(new Tile(Tile.ENTRIES, 0, 256)).orElseThrow();
        assertThat(bundle).hasSizeGreaterThan(256 * 65_000).hasSizeLessThan(256 * (2 + 65_536));
    }

    @Test
    void the_hash_tile_of_the_worked_example_comes_out_byte_for_byte() {
        String first = "fa44f7f05da3ee5c1bf539a0d6d864f0c98e7aef13afad25c0728cba265842b4";
        String second = "057344196910ad46b94469a4939586acf13305e7c0bdb3c08748cc8ec172167c";
        String third = "f121005f05360e070b65b0252fd1a2cbdbdd93c52fe6c5feb6d15b71b2b62f9d";
        TileStore tiles = store.tiles();
        tiles.extend(new Batch.Run(0, 0, 0, List.of(hash(first))));
        tiles.extend(new Batch.Run(0, 0, 1, List.of(hash(second), hash(third))));
        assertThat(tiles.tile(Tile.parse("tile/0/000.p/3").orThrow()).map(HEX::formatHex))
                .hasValue(first + second + third);
        assertThat(tiles.tile(Tile.parse("tile/0/000.p/1").orThrow()).map(HEX::formatHex))
                .hasValue(first);
    }

    private static Hash hash(String hex) {
        return Hash.of(HEX.parseHex(hex));
    }

    @Test
    void what_no_store_takes_is_parked_without_its_bytes_and_the_log_goes_on() {
        ConsumerRecord<String, byte[]> many = records.event(1, 1);
        for (int i = 0; i < 400_000; i++) {
            many.headers().add("more", new byte[0]);
        }
        ConsumerRecord<String, byte[]> foreign =
                records.event(1, 1, "x".repeat(StoredRecord.MOST_BYTES));
        foreign.headers().remove("ce_source");
        foreign.headers().add("ce_source", new byte[20_000_000]);
        List<ConsumerRecord<String, byte[]>> all =
                List.of(
                        records.event(1, 1, "\"" + "x".repeat(40_000_000) + "\""),
                        many,
                        foreign,
                        records.event(1, 1));
        assertThat(sequencer.take(all)).isTrue();
        assertThat(sequencer(client).begin()).containsExactly(Map.entry(PARTITION, 4L));
        assertLogged(List.of(id(1, 1)));
        assertThat(parked())
                .hasSize(3)
                .allSatisfy((_, reason) -> assertThat(reason).isEqualTo("event.too-large"));
        assertThat(waiting.parked("", 9))
                .allSatisfy(
                        parked -> assertThat(parked.detail()).endsWith("lies at " + parked.id()));
    }

    @Test
    void data_as_large_as_may_be_that_grow_when_made_canonical_are_kept_beside_the_log() {
        String data = "[" + "1e15,".repeat(StoredRecord.MOST_BYTES / 5 - 1_000) + "0]";
        List<ConsumerRecord<String, byte[]>> all =
                IntStream.range(0, 12).mapToObj(stream -> records.event(stream, 1, data)).toList();
        assertThat(sequencer.take(all)).isTrue();
        assertLogged(IntStream.range(0, 12).mapToObj(stream -> id(stream, 1)).toList());
        assertThat(
                        store.payloads()
                                .find(
                                        Sha256.of(
                                                        data.replace("1e15", "1" + "0".repeat(15))
                                                                .getBytes(UTF_8))
                                                .hex()))
                .isPresent();
    }

    @Test
    void when_too_much_is_held_the_partition_waits_and_nothing_is_lost() {
        List<ConsumerRecord<String, byte[]>> early =
                LongStream.rangeClosed(2, HELD_LIMIT + 3)
                        .mapToObj(sequence -> records.event(1, sequence))
                        .toList();
        assertThat(sequencer.take(early)).isTrue();
        assertThat(sequencer.full()).containsExactly(Map.entry(PARTITION, (long) HELD_LIMIT));
        List<ConsumerRecord<String, byte[]>> again =
                new ArrayList<>(early.subList(HELD_LIMIT, early.size()));
        again.add(records.event(2, 1));
        assertThat(sequencer.take(again)).isTrue();
        Sequencer next = sequencer(client);
        assertThat(next.begin()).containsExactly(Map.entry(PARTITION, (long) HELD_LIMIT));
        again.add(records.event(1, 1));
        next.take(again);
        assertThat(next.full()).containsExactly(Map.entry(PARTITION, (long) HELD_LIMIT));
        next.take(again);
        assertThat(next.full()).isEmpty();
        assertThat(store.published(1)).isEqualTo(HELD_LIMIT + 4);
        assertVerifies();
    }

    @Test
    void who_follows_reads_from_memory_what_the_store_has() throws Exception {
        Ledger ledger = new Ledger(store, KEY, KEY.origin());
        assertThat(ledger.awaitLonger(0, Duration.ofMillis(1))).isZero();
        sequencer.take(IntStream.range(0, 5_000).mapToObj(i -> records.event(i, 1)).toList());
        assertThat(ledger.size()).isEqualTo(5_000);
        assertThat(ledger.awaitLonger(4_999, Duration.ofSeconds(10))).isEqualTo(5_000);
        for (long from : List.of(0L, 903L, 904L, 4_000L, 4_999L, 5_000L)) {
            Ledger.Part found = ledger.follow(ANY, from, 5_000, 70);
            assertThat(found.next()).isEqualTo(Math.min(5_000, from + 70));
            assertThat(found.entries().stream().map(LogEntry::event))
                    .isEqualTo(
                            store.select(ANY, from, 5_000, 70).stream()
                                    .map(LogEntry::event)
                                    .toList());
            assertThat(ledger.remembers(from))
                    .as("%d", from)
                    .isEqualTo(from >= 904 && from < 5_000);
        }
        Selection one = new Selection(null, null, stream(4_321).toString(), null, null, null);
        assertThat(ledger.follow(one, 2_000, 5_000, 70).next()).isEqualTo(5_000);
        assertThat(ledger.follow(one, 2_000, 5_000, 70).entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.index()).isEqualTo(4_321));
    }

    @Test
    void what_is_rare_is_looked_for_piece_by_piece_and_how_far_is_told() {
        sequencer.take(IntStream.range(0, 17_000).mapToObj(i -> records.event(i, 1)).toList());
        Selection rare =
                new Selection(
                        KafkaCloudEvents.type(Records.SERVICE, "commitment-published", 1),
                        "soate/9999",
                        null,
                        null,
                        null,
                        null);
        try (MongoClient slow = listeningTo(LedgerTest::takesLong)) {
            Ledger ledger =
                    new Ledger(new LedgerStore(slow.getDatabase(database)), KEY, KEY.origin());
            long size = ledger.size();
            assertThat(size).isEqualTo(17_000);
            Ledger.Part first = ledger.select(rare, 0, size, 10);
            assertThat(first.entries()).isEmpty();
            assertThat(first.next()).isEqualTo(16_384);
            assertThat(ledger.select(rare, first.next(), size, 10).next()).isEqualTo(size);
            Ledger.Part newest = ledger.newest(rare, null, size, 10);
            assertThat(newest.entries()).isEmpty();
            assertThat(newest.next()).isEqualTo(size - 10);
        }
    }

    private static void takesLong(CommandStartedEvent event) {
        if (event.getCommandName().equals("find")
                && event.getCommand().getString("find").getValue().equals("entries")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_100));
        }
    }

    @Test
    void one_holds_the_lease_and_another_takes_it_when_it_falls_silent_or_lets_go() {
        MongoDatabase own = client.getDatabase(database);
        Lease first = new Lease(own, Lease.SEQUENCER, Duration.ofMillis(300));
        Lease second = new Lease(own, Lease.SEQUENCER, Duration.ofMillis(300));
        assertThat(first.isMine()).isTrue();
        assertThat(second.isMine()).isFalse();
        assertThat(first.isMine()).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(second::isMine);
        assertThat(first.isMine()).isFalse();
        assertThat(second.isMine()).isTrue();
        first.release();
        assertThat(first.isMine()).isFalse();
        second.release();
        assertThat(first.isMine()).isTrue();
    }

    @Test
    void nothing_that_has_a_canonical_form_stops_the_log() {
        String name = "a".repeat(60_000);
        sequencer.take(
                List.of(
                        records.event(1, 1, "{\"" + name + "\":1}"),
                        records.event(2, 1, "{\"" + name + name + "\":1}"),
                        records.event(3, 1, "{\"a\":" + "1".repeat(16) + "}")));
        assertLogged(List.of(id(1, 1), id(2, 1), id(3, 1)));
    }

    @Test
    void what_comes_again_beside_a_contradiction_is_no_contradiction() {
        sequencer.take(List.of(records.event(1, 1)));
        sequencer.take(List.of(records.event(1, 1, "{}"), records.event(1, 1)));
        assertThat(parked())
                .containsExactly(Map.entry(Records.TOPIC + ":0:1", "event.contradicts-logged"));
    }

    @Test
    void what_was_unreadable_is_parked_no_more_when_it_is_logged() {
        sequencer.take(List.of(records.event(1, 1, "{\"a\":1,\"a\":2}")));
        assertThat(parked()).hasSize(1);
        Sequencer next = sequencer(client);
        next.begin();
        next.take(List.of(records.event(2, 1), records.event(1, 1)));
        assertLogged(List.of(id(2, 1), id(1, 1)));
        assertThat(parked()).isEmpty();
    }

    @Test
    void batches_that_a_killed_process_left_behind_go_and_the_others_stay() {
        sequencer.take(List.of(records.event(1, 1)));
        Head head = store.head();
        store.stage(new Batch("left behind", RightEdge.EMPTY, List.of()));
        store.stage(new Batch("may win yet", head.edge(), List.of()));
        sequencer(client).begin();
        assertThat(
                        client.getDatabase(database)
                                .getCollection("batches")
                                .find()
                                .map(one -> one.getString("_id")))
                .containsExactly("may win yet");
    }

    @Test
    void what_is_long_logged_is_not_read_again_at_the_start() {
        sequencer.take(IntStream.range(0, 3_066).mapToObj(i -> records.event(i, 1)).toList());
        assertThat(readAtStart()).isEmpty();
        endBehindTheHead(
                IntStream.range(5_000, 5_010)
                        .mapToObj(i -> Records.published(i, 1, "{}".getBytes(UTF_8)))
                        .toList());
        assertThat(readAtStart())
                .containsOnly(
                        "tiles {\"_id\": \"0/11\"}",
                        "tiles {\"_id\": \"0/12\"}",
                        "tiles {\"_id\": \"1/0\"}");
        assertThat(store.published(1)).isEqualTo(3_076);
    }

    /** Which entries and tiles a process asks for before it goes on with the log. */
    private List<String> readAtStart() {
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        Consumer<CommandStartedEvent> noting =
                event -> {
                    BsonDocument command = event.getCommand();
                    if (event.getCommandName().equals("find")
                            && Set.of("entries", "tiles")
                                    .contains(command.getString("find").getValue())) {
                        read.add(
                                command.getString("find").getValue()
                                        + " "
                                        + command.getDocument("filter").toJson());
                    }
                };
        try (MongoClient starting = listeningTo(noting)) {
            sequencer(starting).begin();
        }
        return read;
    }

    /** Leaves what a process leaves that ends between the head and what follows from it. */
    private void endBehindTheHead(List<PublishedEvent> events) {
        Head head = store.head();
        Batch batch =
                new Batch(
                        "left",
                        head.edge(),
                        events.stream().map(event -> Entry.of(event).orThrow()).toList());
        store.stage(batch);
        assertThat(store.replaceHead(head, new Head("left", batch.after(), 1, head.offsets())))
                .isTrue();
    }

    @Test
    void a_foreign_event_is_parked() {
        ConsumerRecord<String, byte[]> good = records.event(1, 1);
        good.headers()
                .remove("ce_source")
                .add("ce_source", "/others/budget-commitments".getBytes(UTF_8));
        sequencer.take(List.of(good));
        assertLogged(List.of());
        assertThat(parked()).containsValue("event.foreign-source");
    }

    @Test
    void of_two_that_append_one_wins_and_the_other_begins_anew() {
        Sequencer other = sequencer(client);
        other.begin();
        assertThat(sequencer.take(List.of(records.event(1, 1)))).isTrue();
        assertThat(other.take(List.of(records.event(2, 1)))).isFalse();
        assertThat(other.begin()).containsExactly(Map.entry(PARTITION, 1L));
        assertThat(other.take(List.of(records.event(2, 1)))).isTrue();
        assertThat(sequencer.take(List.of(records.event(3, 1)))).isFalse();
        assertLogged(List.of(id(1, 1), id(2, 1)));
    }

    @RepeatedTest(3)
    void several_that_append_at_once_never_fork_and_lose_nothing() throws Exception {
        Random random = new Random(databases);
        List<ConsumerRecord<String, byte[]>> all = shuffled(random, 40, 30);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> done = new ArrayList<>();
            for (int one = 0; one < 3; one++) {
                Sequencer racing = sequencer(client);
                done.add(threads.submit(() -> takeAll(racing, all, 70)));
            }
            for (Future<?> one : done) {
                one.get(60, TimeUnit.SECONDS);
            }
        }
        assertWhole(all);
    }

    @Test
    void stopped_anywhere_and_continued_after_another_took_over_it_never_forks() {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        int places = 0;
        for (boolean wasStopped = true; wasStopped; places++) {
            for (int i = 0; i < 4; i++) {
                all.add(records.event(1, all.size() + 1));
            }
            List<ConsumerRecord<String, byte[]>> known = List.copyOf(all);
            AtomicInteger left = new AtomicInteger(places);
            Runnable another =
                    () -> {
                        all.add(records.event(1, all.size() + 1));
                        takeAll(sequencer(client), all, 500);
                    };
            try (MongoClient stopping =
                    listeningTo(
                            _ -> {
                                if (left.getAndDecrement() == 0) {
                                    another.run();
                                }
                            })) {
                takeAll(sequencer(stopping), known, 2);
            }
            wasStopped = left.get() < 0;
        }
        assertThat(places).as("questions to the store for two batches").isGreaterThan(15);
        assertWhole(all);
    }

    @RepeatedTest(3)
    void killed_at_any_moment_it_goes_on_where_it_was() throws Exception {
        Random random = new Random(databases);
        List<ConsumerRecord<String, byte[]>> all = shuffled(random, 60, 30);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            for (int kill = 0; kill < 25; kill++) {
                MongoClient mortal = MongoClients.create(embedded.uri());
                Future<?> life = threads.submit(() -> takeAll(sequencer(mortal), all, 90));
                LockSupport.parkNanos(random.nextLong(60_000_000));
                mortal.close();
                assertThat(life).satisfies(l -> waitFor(l));
            }
        }
        takeAll(sequencer(client), all, 500);
        assertWhole(all);
    }

    private static void waitFor(Future<?> life) throws Exception {
        try {
            life.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfAny(IllegalStateException.class, MongoException.class);
        }
    }

    /** As the consumer does it: from where the head says, and anew when the head was another's. */
    private static void takeAll(
            Sequencer sequencer, List<ConsumerRecord<String, byte[]>> all, int atOnce) {
        int from = Math.toIntExact(sequencer.begin().getOrDefault(PARTITION, 0L));
        while (from < all.size()) {
            int to = Math.min(all.size(), from + atOnce);
            from =
                    sequencer.take(all.subList(from, to))
                            ? to
                            : Math.toIntExact(sequencer.begin().getOrDefault(PARTITION, 0L));
        }
    }

    /** Streams whose events come in any order, some twice. */
    private List<ConsumerRecord<String, byte[]>> shuffled(Random random, int streams, int events) {
        List<int[]> order = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            for (int sequence = 1; sequence <= events; sequence++) {
                order.add(new int[] {stream, sequence});
                if (random.nextInt(10) == 0) {
                    order.add(new int[] {stream, sequence});
                }
            }
        }
        for (int swap = 0; swap < order.size() / 5; swap++) {
            int at = random.nextInt(order.size());
            Collections.swap(order, at, Math.max(0, at - random.nextInt(40)));
        }
        return order.stream().map(o -> records.event(o[0], o[1])).toList();
    }

    private void assertWhole(List<ConsumerRecord<String, byte[]>> all) {
        Set<String> ids = new HashSet<>();
        all.forEach(
                raw ->
                        ids.add(
                                new TopicGuard(Records.INSTALLATION, List.of(Records.SERVICE))
                                        .read(raw)
                                        .orThrow()
                                        .id()));
        assertThat(store.published(1)).isEqualTo(ids.size());
        assertThat(waiting.sequences()).isEmpty();
        assertThat(parked()).isEmpty();
        assertVerifies();
    }

    private void assertLogged(List<String> expected) {
        assertThat(store.published(1)).isEqualTo(expected.size());
        Map<String, Long> indexes = store.indexes(expected);
        for (int index = 0; index < expected.size(); index++) {
            assertThat(indexes).containsEntry(expected.get(index), (long) index);
        }
        assertVerifies();
    }

    @Test
    void who_signs_for_a_log_that_was_succeeded_appends_nothing_more() {
        MongoDatabase own = client.getDatabase(database);
        sequencer.take(List.of(records.event(1, 1), records.event(2, 1)));
        Succession succession = new Succession(own, store);
        assertThat(succession.key(KEY.origin(), new byte[32], null).vkey()).isEqualTo(KEY.vkey());
        endBehindTheHead(List.of(Records.published(1, 2, "{}".getBytes(UTF_8))));

        byte[] seed = new byte[32];
        seed[0] = 1;
        LogKey next = succession.key("new.example.org/ledger", seed, KEY.vkey());
        assertThat(next.log()).isEqualTo(2);
        assertThat(store.published(1)).isEqualTo(2);
        assertThat(store.published(2)).isEqualTo(3);
        assertThat(sequencer.take(List.of(records.event(2, 2)))).isFalse();
        assertThatThrownBy(sequencer::begin).hasMessageContaining("has been succeeded");
        assertThat(store.published(2)).isEqualTo(3);
        assertThat(succession.key("new.example.org/ledger", seed, KEY.vkey()))
                .returns(next.vkey(), LogKey::vkey)
                .returns(2, LogKey::log);
        assertThat(succession.past(1)).isEqualTo(KEY.publicKey());
        assertThat(succession.firstName()).isEqualTo(KEY.origin());
        assertThat(store.indexes(List.of(id(1, 2)))).containsEntry(id(1, 2), 2L);
    }

    @Test
    void of_two_keys_that_are_to_succeed_one_signs_and_of_the_other_nothing_is_left() {
        MongoDatabase own = client.getDatabase(database);
        sequencer.take(List.of(records.event(1, 1)));
        succession(own).key(KEY.origin(), new byte[32], null);
        LogKey first = LogKey.of("first.example.org/ledger", seed(1), 2);
        // It has won, and ended before it signed.
        Runnable wins =
                () ->
                        own.getCollection("log")
                                .replaceOne(
                                        Filters.eq("_id", "identity"),
                                        new Document("vkey", first.vkey()).append("log", 2));
        try (MongoClient late = whoseUpdateComesBehind("identity", wins)) {
            Succession second = succession(late.getDatabase(database));
            assertThatThrownBy(() -> second.key("second.example.org/ledger", seed(2), KEY.vkey()))
                    .hasMessageContaining("is signed with " + first.vkey());
        }
        assertThat(store.checkpoint(2, 1)).isEmpty();
        LogKey again = succession(own).key(first.origin(), seed(1), KEY.vkey());
        store.finish(store.head(), again);
        SignedNote note =
                SignedNote.parse(store.checkpoint(2, 1).orElseThrow().getBytes(UTF_8)).orThrow();
        assertThat(note.verify(List.of(first.publicKey()))).isInstanceOf(Checked.Valid.class);
    }

    @Test
    void two_processes_with_one_new_key_may_start_at_once() {
        MongoDatabase own = client.getDatabase(database);
        sequencer.take(List.of(records.event(1, 1)));
        succession(own).key(KEY.origin(), new byte[32], null);
        String origin = "new.example.org/ledger";
        Runnable wins = () -> succession(own).key(origin, seed(1), KEY.vkey());
        try (MongoClient late = whoseUpdateComesBehind("head", wins)) {
            Succession second = succession(late.getDatabase(database));
            assertThat(second.key(origin, seed(1), KEY.vkey()).log()).isEqualTo(2);
        }
        assertThat(store.published(2)).isEqualTo(1);
    }

    @Test
    void a_tile_of_a_log_that_was_succeeded_costs_no_more_the_more_logs_there_are() {
        MongoDatabase own = client.getDatabase(database);
        sequencer.take(List.of(records.event(1, 1)));
        LogKey key = succession(own).key(KEY.origin(), new byte[32], null);
        for (int log = 2; log <= 5; log++) {
            key = succession(own).key(log + "." + KEY.origin(), seed(log), key.vkey());
        }
        AtomicInteger reads = new AtomicInteger();
        try (MongoClient counting = listeningTo(_ -> reads.incrementAndGet())) {
            MongoDatabase counted = counting.getDatabase(database);
            LedgerStore read = new LedgerStore(counted);
            PastLogs past =
                    new PastLogs(succession(counted), read, new Ledger(read, key, KEY.origin()));
            Tile tile = new Tile(0, 0, 1);
            assertThat(past.all()).hasSize(4);
            assertThat(past.find("3").flatMap(one -> past.tile(one, tile))).isPresent();
            reads.set(0);
            assertThat(past.find("3").flatMap(one -> past.tile(one, tile))).isPresent();
            assertThat(reads).as("how long it is").hasValue(1);
        }
    }

    private static Succession succession(MongoDatabase database) {
        return new Succession(database, new LedgerStore(database));
    }

    private static byte[] seed(int first) {
        byte[] seed = new byte[32];
        seed[0] = (byte) first;
        return seed;
    }

    /** A client that lets something happen once just before it updates this document. */
    private static MongoClient whoseUpdateComesBehind(String id, Runnable meanwhile) {
        AtomicBoolean isDone = new AtomicBoolean();
        return listeningTo(
                event -> {
                    if (event.getCommandName().equals("update")
                            && event.getCommand().toJson().contains("\"_id\": \"" + id + "\"")
                            && isDone.compareAndSet(false, true)) {
                        meanwhile.run();
                    }
                });
    }

    private static MongoClient listeningTo(Consumer<CommandStartedEvent> heard) {
        CommandListener listener =
                new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        heard.accept(event);
                    }
                };
        return MongoClients.create(
                MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(embedded.uri()))
                        .addCommandListener(listener)
                        .build());
    }

    /** Recomputes everything from the leaves, as an auditor does who trusts nothing else. */
    private void assertVerifies() {
        long size = store.published(1);
        RightEdge edge = RightEdge.EMPTY;
        List<RightEdge> edges = new ArrayList<>(List.of(edge));
        Map<String, Hash> subtrees = new HashMap<>();
        for (long index = 0; index < size; index++) {
            byte[] leaf = Objects.requireNonNull(store.leaves(List.of(index)).get(index));
            edge =
                    edge.append(
                            Hash.leaf(leaf),
                            (level, at, root) -> subtrees.put(level + "/" + at, root));
            edges.add(edge);
        }
        assertThat(store.head().edge()).isEqualTo(edge);
        for (int level = 0; level < 3; level++) {
            for (long tile = 0; Tile.widthAt(level, tile, size) > 0; tile++) {
                int width = Tile.widthAt(level, tile, size);
                byte[] hashes = store.tiles().tile(new Tile(level, tile, width)).orElseThrow();
                for (int at = 0; at < width; at++) {
                    assertThat(Hash.of(hashes, at * Hash.SIZE, (at + 1) * Hash.SIZE))
                            .isEqualTo(
                                    subtrees.get(
                                            level * Tile.HEIGHT + "/" + (tile * Tile.FULL + at)));
                }
            }
        }
        long newestSize = 0;
        for (Document stored :
                client.getDatabase(database)
                        .getCollection("checkpoints")
                        .find(Filters.lte("_id", size))) {
            SignedNote note = SignedNote.parse(stored.getString("note").getBytes(UTF_8)).orThrow();
            assertThat(note.verify(List.of(KEY.publicKey()))).isInstanceOf(Checked.Valid.class);
            Checkpoint checkpoint = Checkpoint.parse(note.text()).orThrow();
            newestSize = Math.max(newestSize, checkpoint.size());
            assertThat(checkpoint.root()).isEqualTo(edges.get((int) checkpoint.size()).root());
        }
        assertThat(store.checkpoint(1, size).isPresent()).isEqualTo(size > 0);
        assertThat(newestSize).isEqualTo(size);
    }

    /** Reasons of what is parked, by position. */
    private Map<String, String> parked() {
        Map<String, String> reasons = new TreeMap<>();
        client.getDatabase(database)
                .getCollection("parked")
                .find()
                .forEach(p -> reasons.put(p.getString("_id"), p.getString("reason")));
        return reasons;
    }

    private static String id(int stream, long sequence) {
        return PublishedEvent.idOf(stream(stream), sequence);
    }

    private Sequencer sequencer(MongoClient client) {
        MongoDatabase own = client.getDatabase(database);
        return new Sequencer(
                new LedgerStore(own),
                waiting(client),
                KEY,
                new TopicGuard(Records.INSTALLATION, List.of(Records.SERVICE)),
                HELD_LIMIT,
                _ -> {});
    }

    private Waiting waiting(MongoClient client) {
        return new Waiting(
                client.getDatabase(database),
                Clock.fixed(Instant.parse("2026-05-04T12:00:00Z"), ZoneOffset.UTC));
    }
}
