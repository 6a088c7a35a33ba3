package org.ashar.eventstore;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * Published events as Kafka records: CloudEvents 1.0, binary content mode of the Kafka protocol
 * binding, key = stream.
 *
 * <p>{@link #toRecord} gives the same record for the same event, always. {@link #fromRecord} trusts
 * nothing: each header must be there at most once, in UTF-8 and in its form; it does not judge the
 * data, nor whether source and type belong to the topic.
 */
public final class KafkaCloudEvents {

    private static final int SEQUENCE_DIGITS = 12;
    private static final int MAX_HEADER_BYTES = 1024;

    private KafkaCloudEvents() {}

    /** The topic of a service's events. */
    public static String topic(String service) {
        return "ashar." + service + ".events";
    }

    /** The {@code source} of a service's events. */
    public static String source(String installation, String service) {
        return "/" + installation + "/" + service;
    }

    /** The {@code type} of a service's fact. */
    public static String type(String service, String fact, int version) {
        return typesOf(service) + fact + ".v" + version;
    }

    /** What every {@code type} of a service's facts begins with. */
    public static String typesOf(String service) {
        return "org.ashar." + service + ".";
    }

    /** Whether this is a W3C trace context that may travel with an event. */
    static boolean isTraceparent(String text) {
        return AttributeForms.isTraceparent(text);
    }

    /** The record to send; the partition follows from the key. */
    public static ProducerRecord<String, byte[]> toRecord(String topic, PublishedEvent event) {
        String stream = event.subject().toString();
        ProducerRecord<String, byte[]> kafka = new ProducerRecord<>(topic, stream, event.data());
        Headers headers = kafka.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", event.id());
        put(headers, "ce_source", event.source());
        put(headers, "ce_type", event.type());
        put(headers, "ce_subject", stream);
        put(headers, "ce_time", event.time().toString());
        put(headers, "ce_sequence", padded(event.sequence()));
        if (event.recordedTime() != null) {
            put(headers, "ce_recordedtime", event.recordedTime().toString());
        }
        if (event.traceparent() != null) {
            put(headers, "ce_traceparent", event.traceparent());
        }
        put(headers, "content-type", "application/json");
        return kafka;
    }

    /** The event in a record, or the code of what is wrong with its headers ({@code event.…}). */
    public static Checked<PublishedEvent> fromRecord(ConsumerRecord<?, byte[]> kafka) {
        try {
            return Checked.valid(read(new Attributes(kafka.headers()), kafka.value()));
        } catch (Malformed e) {
            return Checked.invalid(e.code, Map.of("attribute", e.attribute));
        }
    }

    private static PublishedEvent read(Attributes given, byte @Nullable [] data) throws Malformed {
        given.expect("ce_specversion", "1.0");
        given.expect("content-type", "application/json");
        String sequenceText = given.matching("ce_sequence", AttributeForms::isSequence);
        long sequence = Long.parseLong(sequenceText);
        if (sequence < 1 || !padded(sequence).equals(sequenceText)) {
            throw new Malformed("event.malformed-attribute", "ce_sequence");
        }
        if (!(StreamId.parse(given.required("ce_subject")) instanceof Checked.Valid<StreamId> s)) {
            throw new Malformed("event.malformed-attribute", "ce_subject");
        }
        String id = given.required("ce_id");
        if (!id.equals(PublishedEvent.idOf(s.value(), sequence))) {
            throw new Malformed("event.malformed-attribute", "ce_id");
        }
        if (data == null) {
            throw new Malformed("event.no-data", "data");
        }
        String recorded = given.optional("ce_recordedtime");
        String traceparent = given.optional("ce_traceparent");
        return new PublishedEvent(
                id,
                given.matching("ce_source", AttributeForms::isSource),
                given.matching("ce_type", AttributeForms::isType),
                s.value(),
                sequence,
                instant("ce_time", given.required("ce_time")),
                recorded == null ? null : instant("ce_recordedtime", recorded),
                traceparent != null && isTraceparent(traceparent) ? traceparent : null,
                data);
    }

    private static Instant instant(String name, String value) throws Malformed {
        if (!AttributeForms.isTime(value)) {
            throw new Malformed("event.malformed-attribute", name);
        }
        try {
            return AttributeForms.instant(value);
        } catch (DateTimeException e) {
            throw new Malformed("event.malformed-attribute", name);
        }
    }

    private static String padded(long sequence) {
        String digits = Long.toString(sequence);
        return "0".repeat(Math.max(0, SEQUENCE_DIGITS - digits.length())) + digits;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static final class Attributes {
        private final Map<String, Header> single = new HashMap<>();
        private final Set<String> repeated = new HashSet<>();

        Attributes(Headers headers) {
            for (Header header : headers) {
                if (single.putIfAbsent(header.key(), header) != null) {
                    repeated.add(header.key());
                }
            }
        }

        @Nullable String optional(String name) throws Malformed {
            Header header = single.get(name);
            if (header == null) {
                return null;
            }
            byte[] value = header.value();
            if (value == null || value.length > MAX_HEADER_BYTES || repeated.contains(name)) {
                throw new Malformed("event.malformed-attribute", name);
            }
            if (AttributeForms.isAscii(value)) {
                return new String(value, US_ASCII);
            }
            try {
                return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            } catch (CharacterCodingException e) {
                throw new Malformed("event.malformed-attribute", name);
            }
        }

        String required(String name) throws Malformed {
            String value = optional(name);
            if (value == null) {
                throw new Malformed("event.missing-attribute", name);
            }
            return value;
        }

        void expect(String name, String value) throws Malformed {
            if (!required(name).equals(value)) {
                throw new Malformed("event.malformed-attribute", name);
            }
        }

        String matching(String name, Predicate<String> form) throws Malformed {
            String value = required(name);
            if (!form.test(value)) {
                throw new Malformed("event.malformed-attribute", name);
            }
            return value;
        }
    }

    /** Leaves the reading at the first fault; never seen outside. */
    private static final class Malformed extends Exception {
        private final String code;
        private final String attribute;

        Malformed(String code, String attribute) {
            super(code, null, false, false);
            this.code = code;
            this.attribute = attribute;
        }
    }
}
