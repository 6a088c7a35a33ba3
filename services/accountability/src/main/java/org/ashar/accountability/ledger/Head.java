package org.ashar.accountability.ledger;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.ashar.tlog.RightEdge;

/**
 * Where the log ends. Whoever replaces it by a longer one has appended to the log.
 *
 * @param batch the id of the batch that brought it here; empty before the first one
 * @param edge size and right edge of the tree
 * @param log whose key signs it, from 1: who signs for another log may not replace it
 * @param offsets for each partition consumed, the offset to go on from: all before is logged, held
 *     or parked
 */
record Head(String batch, RightEdge edge, int log, Map<TopicPartition, Long> offsets) {

    static final Head NONE = new Head("", RightEdge.EMPTY, 1, Map.of());

    Head {
        offsets = Map.copyOf(offsets);
    }

    long size() {
        return edge.size();
    }
}
