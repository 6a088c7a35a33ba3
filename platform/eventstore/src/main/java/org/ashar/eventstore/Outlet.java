package org.ashar.eventstore;

import org.apache.kafka.clients.producer.Producer;

/** The way out to a broker: Kafka's own, or a scripted one in tests. */
interface Outlet {

    /** Makes sure that the topic is there and keeps everything for ever; throws until it is. */
    void prepare();

    /** A new producer, in order and without doubles of its own making. The caller closes it. */
    Producer<String, byte[]> producer();
}
