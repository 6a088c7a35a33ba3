package org.ashar.verifier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ashar.verifier.record.LoggedEvent;
import org.ashar.verifier.record.Promise;
import org.ashar.verifier.record.UnreadableEventException;

/**
 * A promise, folded as far as its events can be read.
 *
 * @param promise of each stream the events before the first one that cannot be read
 * @param stopped what that one is, by stream
 */
record Folded(Promise promise, SortedMap<String, UnreadableEventException> stopped) {

    /**
     * Folds a commitment up to these sequences, or at least its publication; throws where that
     * cannot be read.
     */
    static Folded of(LogCopy log, String commitment, Map<String, Long> upTo)
            throws IOException, UnreadableEventException {
        try {
            return new Folded(whole(log, commitment, upTo), Collections.emptySortedMap());
        } catch (UnreadableEventException e) {
            return beginning(log, commitment, upTo);
        }
    }

    private static Promise whole(LogCopy log, String commitment, Map<String, Long> upTo)
            throws IOException, UnreadableEventException {
        List<List<LoggedEvent>> others = new ArrayList<>();
        for (String stream : log.about(commitment)) {
            List<LoggedEvent> events = log.read(stream, upTo.getOrDefault(stream, 0L));
            if (!events.isEmpty()) {
                others.add(events);
            }
        }
        return new Promise(log.read(commitment, own(commitment, upTo)), others);
    }

    private static long own(String commitment, Map<String, Long> upTo) {
        return Math.max(1, upTo.getOrDefault(commitment, 0L));
    }

    private static Folded beginning(LogCopy log, String commitment, Map<String, Long> upTo)
            throws IOException, UnreadableEventException {
        SortedMap<String, UnreadableEventException> stopped = new TreeMap<>();
        List<LoggedEvent> own = beginning(log, commitment, own(commitment, upTo), stopped);
        UnreadableEventException why = stopped.get(commitment);
        if (why != null && own.isEmpty()) {
            throw why;
        }
        List<List<LoggedEvent>> others = new ArrayList<>();
        for (String stream : log.about(commitment)) {
            List<LoggedEvent> events =
                    beginning(log, stream, upTo.getOrDefault(stream, 0L), stopped);
            if (!events.isEmpty()) {
                others.add(events);
            }
        }
        return new Folded(new Promise(own, others), stopped);
    }

    /**
     * Halves what is in question: a log may be long, and whatever begins it folds where it does.
     */
    private static List<LoggedEvent> beginning(
            LogCopy log,
            String stream,
            long upTo,
            SortedMap<String, UnreadableEventException> stopped)
            throws IOException {
        long folds = 0;
        long foldsNot = Math.min(upTo, log.count(stream)) + 1;
        List<LoggedEvent> events = List.of();
        for (long tried = foldsNot - 1; tried > folds; tried = (folds + foldsNot) / 2) {
            try {
                List<LoggedEvent> read = log.read(stream, tried);
                Promise.demandReadable(read);
                events = read;
                folds = tried;
            } catch (UnreadableEventException e) {
                stopped.put(stream, e);
                foldsNot = tried;
            }
        }
        return events;
    }
}
