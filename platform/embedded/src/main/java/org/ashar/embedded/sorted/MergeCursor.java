package org.ashar.embedded.sorted;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Walks several sources as one; where they hold the same key, the newest counts. Removals are
 * passed on, since an older source may still hold the key.
 */
final class MergeCursor implements EntryCursor {
    private final PriorityQueue<Source> queue =
            new PriorityQueue<>(
                    (a, b) -> {
                        int order = Arrays.compareUnsigned(a.key, b.key);
                        return order != 0 ? order : Integer.compare(a.age, b.age);
                    });
    private byte[] key = Memtable.REMOVED;
    private byte[] value = Memtable.REMOVED;

    /** A source at an entry, whose key is copied out once for all comparisons. */
    private static final class Source {
        private final EntryCursor cursor;
        private final int age;
        private byte[] key = Memtable.REMOVED;

        Source(EntryCursor cursor, int age) {
            this.cursor = cursor;
            this.age = age;
        }
    }

    /** Takes the sources from the newest to the oldest. */
    MergeCursor(List<EntryCursor> sources) throws IOException {
        for (int age = 0; age < sources.size(); age++) {
            offer(new Source(sources.get(age), age));
        }
    }

    @Override
    public boolean advance() throws IOException {
        Source first = queue.poll();
        if (first == null) {
            return false;
        }
        key = first.key;
        value = first.cursor.value();
        offer(first);
        for (Source same = queue.peek();
                same != null && Arrays.equals(same.key, key);
                same = queue.peek()) {
            queue.remove();
            offer(same);
        }
        return true;
    }

    private void offer(Source source) throws IOException {
        if (source.cursor.advance()) {
            source.key = source.cursor.key();
            queue.add(source);
        }
    }

    @Override
    public byte[] key() {
        return key;
    }

    @Override
    public byte[] value() {
        return value;
    }
}
