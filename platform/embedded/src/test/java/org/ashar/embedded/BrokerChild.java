package org.ashar.embedded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The process that is killed: a broker and a producer that says what was acknowledged. */
final class BrokerChild {
    private BrokerChild() {}

    public static void main(String[] args) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]));
        int first = Integer.parseInt(args[1]);
        if (first == 0) {
            EmbeddedBrokerTest.createTopic(broker.bootstrap());
        }
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap(), "acks", "all"),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            for (int n = first; ; n++) {
                byte[] value = Integer.toString(n).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>("events", "key", value))
                        .get(1, TimeUnit.MINUTES);
                System.out.println(n);
                System.out.flush();
            }
        }
    }
}
