package org.ashar.verifier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ashar.tlog.Hash;
import org.ashar.tlog.RightEdge;
import org.ashar.verifier.record.Index;
import org.ashar.verifier.record.LoggedEvent;
import org.ashar.verifier.record.UnreadableEventException;

/**
 * The entries of a verified log, in a temporary file that goes with this program; in memory only
 * where each begins and which make up a stream. So a record can be folded up to any event.
 */
final class LogCopy implements AutoCloseable, Index {

    private static final int BUFFER = 1 << 20;
    private static final String COMMITMENT = "commitment/";

    /** What the record of a commitment is made of beside it; findings are none of it. */
    private static final List<String> PARTS = List.of("budget-commitment/", "progress-report/");

    private final FileChannel file;
    private final ByteBuffer unwritten = ByteBuffer.allocate(BUFFER);
    private final Longs ends = new Longs();
    private final Map<String, Longs> streams = new HashMap<>();
    private final Map<String, List<String>> commitments = new LinkedHashMap<>();
    private long end;

    LogCopy() throws IOException {
        Path path = Files.createTempFile("ashar-verify", ".log");
        file =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** How many events of the stream there are. */
    long count(String stream) {
        Longs indexes = streams.get(stream);
        return indexes == null ? 0 : indexes.count;
    }

    @Override
    public OptionalLong of(String event) {
        int at = event.lastIndexOf('@');
        Longs indexes = at < 0 ? null : streams.get(event.substring(0, at));
        String sequence = event.substring(at + 1);
        if (indexes == null || !sequence.matches("[1-9][0-9]{0,9}")) {
            return OptionalLong.empty();
        }
        long known = Long.parseLong(sequence);
        return known <= indexes.count
                ? OptionalLong.of(indexes.values[(int) known - 1])
                : OptionalLong.empty();
    }

    /**
     * Takes the next entry.
     *
     * @param commitment the one that the event is about, or none
     */
    void append(String stream, String commitment, byte[] entry) throws IOException {
        Longs indexes = streams.computeIfAbsent(stream, _ -> new Longs());
        if (indexes.count == 0 && stream.startsWith(COMMITMENT)) {
            commitments.computeIfAbsent(stream, _ -> new ArrayList<>());
        } else if (!indexes.placed
                && commitment.startsWith(COMMITMENT)
                && PARTS.stream().anyMatch(stream::startsWith)) {
            commitments.computeIfAbsent(commitment, _ -> new ArrayList<>()).add(stream);
            indexes.placed = true;
        }
        indexes.add(ends.count);
        if (unwritten.remaining() < entry.length) {
            flush();
        }
        unwritten.put(entry);
        end += entry.length;
        ends.add(end);
    }

    /** All commitments that any event is about, the oldest first. */
    Collection<String> commitments() {
        return Collections.unmodifiableCollection(commitments.keySet());
    }

    /** The streams of a commitment's budgets and reports. */
    List<String> about(String commitment) {
        return List.copyOf(commitments.getOrDefault(commitment, List.of()));
    }

    /** The first {@code upTo} events of a stream, of which there are as many. */
    List<LoggedEvent> read(String stream, long upTo) throws IOException, UnreadableEventException {
        flush();
        List<LoggedEvent> events = new ArrayList<>();
        Longs indexes = streams.get(stream);
        for (int at = 0; indexes != null && at < Math.min(upTo, indexes.count); at++) {
            long index = indexes.values[at];
            events.add(LoggedEvent.of(index, entry(Math.toIntExact(index))));
        }
        return events;
    }

    /** The root over the first {@code size} entries, of which there are as many. */
    Hash root(long size) throws IOException {
        flush();
        RightEdge edge = RightEdge.EMPTY;
        for (int index = 0; index < size; index++) {
            edge = edge.append(Hash.leaf(entry(index)), (_, _, _) -> {});
        }
        return edge.root();
    }

    private byte[] entry(int index) throws IOException {
        long from = index == 0 ? 0 : ends.values[index - 1];
        ByteBuffer entry = ByteBuffer.allocate(Math.toIntExact(ends.values[index] - from));
        while (entry.hasRemaining()) {
            if (file.read(entry, from + entry.position()) < 0) {
                throw new IOException("the copy of the log was cut while it was read");
            }
        }
        return entry.array();
    }

    private void flush() throws IOException {
        unwritten.flip();
        while (unwritten.hasRemaining()) {
            file.write(unwritten);
        }
        unwritten.clear();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** A list of numbers that grows. */
    private static final class Longs {
        private long[] values = new long[2];
        private int count;

        /**
         * Whether it is known whose stream it is: the first event that names a commitment tells.
         */
        private boolean placed;

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count + (count >> 1) + 1);
            }
            values[count++] = value;
        }
    }
}
