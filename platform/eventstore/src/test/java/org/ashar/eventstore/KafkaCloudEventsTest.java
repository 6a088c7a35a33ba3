package org.ashar.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaCloudEventsTest {

    private static final String ID = "abcdefghijklmnopqrstuvwxya";
    private static final PublishedEvent EVENT =
            new PublishedEvent(
                    "tally/" + ID + "@7",
                    "/osh/tallies",
                    "org.ashar.tallies.tally-raised.v1",
                    new StreamId("tally", ID),
                    7,
                    Instant.parse("2026-03-01T09:30:00Z"),
                    Instant.parse("2026-03-02T10:00:00.250Z"),
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    "{\"sum\":3}".getBytes(UTF_8));

    @Test
    void headers_and_value_are_as_the_contract_says() {
        ProducerRecord<String, byte[]> sent =
                KafkaCloudEvents.toRecord("ashar.tallies.events", EVENT);
        List<String> headers = new ArrayList<>();
        for (Header header : sent.headers()) {
            headers.add(header.key() + ": " + new String(header.value(), UTF_8));
        }
        assertThat(headers)
                .containsExactly(
                        "ce_specversion: 1.0",
                        "ce_id: tally/abcdefghijklmnopqrstuvwxya@7",
                        "ce_source: /osh/tallies",
                        "ce_type: org.ashar.tallies.tally-raised.v1",
                        "ce_subject: tally/abcdefghijklmnopqrstuvwxya",
                        "ce_time: 2026-03-01T09:30:00Z",
                        "ce_sequence: 000000000007",
                        "ce_recordedtime: 2026-03-02T10:00:00.250Z",
                        "ce_traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "content-type: application/json");
        assertThat(sent.topic()).isEqualTo("ashar.tallies.events");
        assertThat(sent.key()).isEqualTo("tally/abcdefghijklmnopqrstuvwxya");
        assertThat(sent.value()).isEqualTo("{\"sum\":3}".getBytes(UTF_8));
        assertThat(sent.partition()).isNull();
    }

    @Test
    void what_was_sent_is_read_back_as_it_was() {
        assertThat(read(headers -> {})).isEqualTo(Checked.valid(EVENT));
    }

    @Test
    void extensions_that_may_be_absent_may_be_absent() {
        Checked<PublishedEvent> read =
                read(
                        headers -> {
                            headers.remove("ce_recordedtime");
                            headers.remove("ce_traceparent");
                        });
        assertThat(read.orThrow().recordedTime()).isNull();
        assertThat(read.orThrow().traceparent()).isNull();
    }

    @Test
    void a_trace_context_of_another_form_is_passed_over() {
        Checked<PublishedEvent> read =
                read(headers -> replace(headers, "ce_traceparent", "nonsense"));
        assertThat(read.orThrow().traceparent()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, 0.3",
        "ce_id, tally/abcdefghijklmnopqrstuvwxya@8",
        "ce_source, osh/tallies",
        "ce_type, com.example.raised",
        "ce_subject, tally/short",
        "ce_time, yesterday",
        "ce_time, +1000000000-12-31T23:59:59Z",
        "ce_time, -0001-12-31T23:59:59Z",
        "ce_sequence, 7",
        "ce_sequence, 000000000000",
        "ce_sequence, 0000000000007",
        "ce_sequence, 00000000000x",
        "ce_recordedtime, 2026-13-01T00:00:00Z",
        "content-type, application/xml",
    })
    void a_malformed_attribute_is_named(String name, String value) {
        assertThat(read(headers -> replace(headers, name, value)))
                .isEqualTo(Checked.invalid("event.malformed-attribute", Map.of("attribute", name)));
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion",
        "ce_id",
        "ce_source",
        "ce_type",
        "ce_subject",
        "ce_time",
        "ce_sequence",
        "content-type"
    })
    void a_missing_and_a_doubled_attribute_are_named(String name) {
        assertThat(code(read(headers -> headers.remove(name))))
                .isEqualTo("event.missing-attribute");
        assertThat(code(read(headers -> headers.add(name, headers.lastHeader(name).value()))))
                .isEqualTo("event.malformed-attribute");
    }

    @Test
    void bytes_that_are_no_text_are_no_attribute() {
        byte[] broken = {(byte) 0xC3, (byte) 0x28};
        assertThat(
                        code(
                                read(
                                        headers -> {
                                            headers.remove("ce_id");
                                            headers.add("ce_id", broken);
                                        })))
                .isEqualTo("event.malformed-attribute");
    }

    @Test
    void a_header_without_value_and_a_record_without_data_are_refused() {
        assertThat(
                        code(
                                read(
                                        headers -> {
                                            headers.remove("ce_id");
                                            headers.add("ce_id", null);
                                        })))
                .isEqualTo("event.malformed-attribute");
        ProducerRecord<String, byte[]> sent = KafkaCloudEvents.toRecord("topic", EVENT);
        assertThat(code(KafkaCloudEvents.fromRecord(consumed(sent.headers(), null))))
                .isEqualTo("event.no-data");
    }

    private static Checked<PublishedEvent> read(Consumer<Headers> change) {
        Headers headers = KafkaCloudEvents.toRecord("topic", EVENT).headers();
        change.accept(headers);
        return KafkaCloudEvents.fromRecord(consumed(headers, EVENT.data()));
    }

    @SuppressWarnings("NullAway") // Kafka gives a record without a value as null
    private static ConsumerRecord<String, byte[]> consumed(
            Headers headers, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "topic",
                0,
                0L,
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                value,
                new RecordHeaders(headers),
                Optional.empty());
    }

    private static void replace(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }

    private static String code(Checked<PublishedEvent> read) {
        return read instanceof Checked.Invalid<PublishedEvent> invalid ? invalid.code() : "valid";
    }
}
