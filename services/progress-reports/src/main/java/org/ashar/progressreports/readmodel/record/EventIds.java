package org.ashar.progressreports.readmodel.record;

import java.util.Arrays;
import java.util.List;
import org.ashar.kernel.StreamId;
import org.ashar.messaging.LineEntry;

/** Ids of events: {@code <stream>@<sequence>}. */
final class EventIds {

    private EventIds() {}

    /** Ids by sequence, in order, each once; 0 stands for none. */
    static List<String> of(StreamId stream, long... sequences) {
        return Arrays.stream(sequences)
                .filter(sequence -> sequence > 0)
                .sorted()
                .distinct()
                .mapToObj(sequence -> stream + "@" + sequence)
                .toList();
    }

    /** The id of the event that a line was written by. */
    static String of(LineEntry<?> line) {
        return line.stream() + "@" + line.sequence();
    }

    /** Where the ledger tells the place of an event, and what shows it. */
    static String receipt(String event) {
        return "/api/ledger/events/" + event;
    }
}
