package org.ashar.accountability.ledger;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An entry that may belong into the log, and the record it came in. */
record Incoming(Entry entry, ConsumerRecord<String, byte[]> raw) {}
