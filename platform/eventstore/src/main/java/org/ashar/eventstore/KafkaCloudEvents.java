package org.ashar.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
    private static final Pattern SEQUENCE = Pattern.compile("\\d{12,18}");
    private static final Pattern SOURCE = Pattern.compile("/[a-z0-9-]{1,63}/[a-z0-9-]{1,63}");
    private static final Pattern TYPE =
            Pattern.compile("org\\.ashar\\.[a-z0-9-]{1,63}\\.[a-z0-9-]{1,95}\\.v[1-9]\\d{0,3}");

    /** RFC 3339, in UTC: years have four digits, so that every calendar can tell them. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

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
        return "org.ashar." + service + "." + fact + ".v" + version;
    }

    /** Whether this is a W3C trace context that may travel with an event. */
    static boolean isTraceparent(String text) {
        return TRACEPARENT.matcher(text).matches();
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
        String sequenceText = given.matching("ce_sequence", SEQUENCE);
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
        return new PublishedEvent(
                id,
                given.matching("ce_source", SOURCE),
                given.matching("ce_type", TYPE),
                s.value(),
                sequence,
                given.instant("ce_time", given.required("ce_time")),
                given.optionalInstant("ce_recordedtime"),
                given.optional("ce_traceparent").filter(v -> isTraceparent(v)).orElse(null),
                data);
    }

    private static String padded(long sequence) {
        String digits = Long.toString(sequence);
        return "0".repeat(Math.max(0, SEQUENCE_DIGITS - digits.length())) + digits;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private record Attributes(Headers headers) {

        Optional<String> optional(String name) throws Malformed {
            Iterator<Header> all = headers.headers(name).iterator();
            if (!all.hasNext()) {
                return Optional.empty();
            }
            byte[] value = all.next().value();
            if (value == null || value.length > MAX_HEADER_BYTES || all.hasNext()) {
                throw new Malformed("event.malformed-attribute", name);
            }
            try {
                return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
            } catch (CharacterCodingException e) {
                throw new Malformed("event.malformed-attribute", name);
            }
        }

        String required(String name) throws Malformed {
            Optional<String> value = optional(name);
            if (value.isEmpty()) {
                throw new Malformed("event.missing-attribute", name);
            }
            return value.get();
        }

        void expect(String name, String value) throws Malformed {
            if (!required(name).equals(value)) {
                throw new Malformed("event.malformed-attribute", name);
            }
        }

        String matching(String name, Pattern form) throws Malformed {
            String value = required(name);
            if (!form.matcher(value).matches()) {
                throw new Malformed("event.malformed-attribute", name);
            }
            return value;
        }

        @Nullable Instant optionalInstant(String name) throws Malformed {
            Optional<String> value = optional(name);
            return value.isEmpty() ? null : instant(name, value.get());
        }

        Instant instant(String name, String value) throws Malformed {
            if (!TIME.matcher(value).matches()) {
                throw new Malformed("event.malformed-attribute", name);
            }
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw new Malformed("event.malformed-attribute", name);
            }
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
