package org.ashar.accountability.ledger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** An entry that may belong into the log, and the record it came in. */
record Incoming(Entry entry, ConsumerRecord<String, byte[]> raw) {

    TopicPartition partition() {
        return new TopicPartition(raw.topic(), raw.partition());
    }
}
