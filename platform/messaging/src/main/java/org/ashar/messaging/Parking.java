package org.ashar.messaging;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ashar.eventstore.PublishedEvent;
import org.jspecify.annotations.Nullable;

/**
 * A record to be parked.
 *
 * @param event null where the record is none
 * @param digest the event's; zero where there is none
 * @param blocking whether its stream stands still behind it
 */
record Parking(
        ConsumerRecord<String, byte[]> raw,
        String reason,
        String detail,
        @Nullable PublishedEvent event,
        long digest,
        boolean blocking) {

    static Parking of(Incoming incoming, String reason, String detail, boolean blocking) {
        return new Parking(
                incoming.raw(), reason, detail, incoming.event(), incoming.digest(), blocking);
    }

    static Parking of(Intake.Judgement.Foreign foreign) {
        return new Parking(
                foreign.raw(), foreign.reason(), foreign.detail(), foreign.event(), 0, false);
    }

    Parking unblocked() {
        return new Parking(raw, reason, detail, event, digest, false);
    }
}
