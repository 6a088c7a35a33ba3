package org.ashar.app.badinput;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;

/** Writes events to a topic, good ones and bad ones, past every service. */
final class Events {

    private static final int PARTITIONS = 6;
    private static final Pattern GOOD = Pattern.compile("(started|withdrawn)@([0-9]+)");
    private static final Pattern HEADER = Pattern.compile("(\\+?)([a-z_-]+): ?(.*)");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

    private final KafkaProducer<byte[], byte[]> producer;
    private final Installation running;
    private final String installation;

    Events(KafkaProducer<byte[], byte[]> producer, Installation running) {
        this.producer = producer;
        this.running = running;
        this.installation = running.name();
    }

    private static final class Event {
        private final String topic;
        private final byte @Nullable [] key;
        private final List<Call.Header> headers;
        private final byte @Nullable [] data;

        Event(
                String topic,
                byte @Nullable [] key,
                List<Call.Header> headers,
                byte @Nullable [] data) {
            this.topic = topic;
            this.key = key;
            this.headers = headers;
            this.data = data;
        }

        Event without(String header) {
            return new Event(
                    topic,
                    key,
                    headers.stream().filter(h -> !h.name().equals(header)).toList(),
                    data);
        }

        Event also(String header, String value) {
            List<Call.Header> more = new ArrayList<>(headers);
            more.add(new Call.Header(header, value));
            return new Event(topic, key, more, data);
        }

        Event key(byte @Nullable [] other) {
            return new Event(topic, other, headers, data);
        }

        Event data(byte @Nullable [] other) {
            return new Event(topic, key, headers, other);
        }
    }

    /** Writes these events of the promise, one after the other, and answers where each stands. */
    List<RecordMetadata> write(String words, String promise)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        List<RecordMetadata> written = new ArrayList<>();
        int partition =
                BuiltInPartitioner.partitionForKey(
                        ("commitment/" + promise).getBytes(UTF_8), PARTITIONS);
        for (String one : List.of(words.split(" then "))) {
            Event event = event(one, promise);
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(event.topic, partition, event.key, event.data);
            event.headers.forEach(h -> record.headers().add(h.name(), bytes(h.value())));
            written.add(producer.send(record).get(20, TimeUnit.SECONDS));
        }
        return written;
    }

    private Event event(String words, String promise) throws IOException {
        String[] parts =
                Table.repeated(
                                words.replace("{id}", promise)
                                        .replace("{installation}", installation))
                        .split(" & ");
        Event event = parts[0].equals("published@1") ? published(promise) : good(parts[0], promise);
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            event = changed(event, part);
        }
        return event;
    }

    /** The publication, byte by byte. */
    private Event published(String promise) {
        ConsumerRecord<byte[], byte[]> record = running.published(promise);
        List<Call.Header> headers = new ArrayList<>();
        record.headers()
                .forEach(h -> headers.add(new Call.Header(h.key(), new String(h.value(), UTF_8))));
        return new Event(record.topic(), record.key(), headers, record.value());
    }

    private Event good(String words, String promise) throws IOException {
        Matcher good = GOOD.matcher(words);
        if (!good.matches()) {
            throw new IllegalArgumentException("no good event: " + words);
        }
        String fact = "commitment-" + good.group(1);
        long sequence = Long.parseLong(good.group(2));
        String stream = "commitment/" + promise;
        return new Event(
                Installation.BUDGET_TOPIC,
                stream.getBytes(UTF_8),
                List.of(
                        new Call.Header("ce_specversion", "1.0"),
                        new Call.Header("ce_id", stream + "@" + sequence),
                        new Call.Header("ce_source", "/" + installation + "/budget-commitments"),
                        new Call.Header("ce_type", "org.ashar.budget-commitments." + fact + ".v1"),
                        new Call.Header("ce_subject", stream),
                        new Call.Header("ce_time", "2026-04-10T06:00:00Z"),
                        new Call.Header(
                                "ce_sequence", String.format(Locale.ROOT, "%012d", sequence)),
                        new Call.Header("content-type", "application/json")),
                example(fact));
    }

    private static byte[] example(String fact) throws IOException {
        String path = "/contracts/budget-commitments/" + fact + ".v1.example.json";
        try (InputStream file = Events.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return file.readAllBytes();
        }
    }

    private static Event changed(Event event, String words) {
        int arrow = words.indexOf("\" → \"");
        if (arrow > 0) {
            String before = words.substring(0, arrow + 1);
            String data = new String(Objects.requireNonNull(event.data), UTF_8);
            if (!data.contains(before)) {
                throw new IllegalArgumentException("not in the event: " + before);
            }
            return event.data(data.replace(before, words.substring(arrow + 4)).getBytes(UTF_8));
        }
        return switch (words) {
            case "without key" -> event.key(null);
            case "without data" -> event.data(null);
            case "on the other topic" ->
                    new Event(Installation.REPORT_TOPIC, event.key, event.headers, event.data);
            default ->
                    words.startsWith("without ")
                            ? event.without(words.substring("without ".length()))
                            : valued(event, words);
        };
    }

    private static Event valued(Event event, String words) {
        Matcher header = HEADER.matcher(words);
        if (!header.matches()) {
            throw new IllegalArgumentException("not understood: " + words);
        }
        String name = header.group(2);
        String value = header.group(3);
        return switch (name) {
            case "data" -> event.data(bytes(value));
            case "key" -> event.key(bytes(value));
            default ->
                    header.group(1).isEmpty()
                            ? event.without(name).also(name, value)
                            : event.also(name, value);
        };
    }

    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher one = BYTE.matcher(text);
        int end = 0;
        while (one.find()) {
            bytes.writeBytes(text.substring(end, one.start()).getBytes(UTF_8));
            bytes.writeBytes(
                    String.valueOf((char) Integer.parseInt(one.group(1), 16)).getBytes(ISO_8859_1));
            end = one.end();
        }
        bytes.writeBytes(text.substring(end).getBytes(UTF_8));
        return bytes.toByteArray();
    }
}
