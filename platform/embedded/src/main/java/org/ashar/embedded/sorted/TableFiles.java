package org.ashar.embedded.sorted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ashar.embedded.journal.JournalMark;
import org.jspecify.annotations.Nullable;

/** Makes sorted files and names them in the manifest. */
final class TableFiles {
    private static final String PREFIX = "table-";
    private static final String SUFFIX = ".dat";

    private final Path directory;
    private final BlockCache cache;
    private final AtomicLong nextFile;
    private final Predicate<byte[]> dropped;
    private JournalMark mark = JournalMark.START;

    TableFiles(
            Path directory, SortedStoreOptions options, long nextFile, Predicate<byte[]> dropped) {
        this.directory = directory;
        this.cache = new BlockCache(options.cacheBytes());
        this.nextFile = new AtomicLong(nextFile);
        this.dropped = dropped;
    }

    /** Opens the files that count and deletes those that never came to count. */
    List<Table> open(List<Long> numbers) throws IOException {
        Set<Path> known = new HashSet<>();
        List<Table> tables = new ArrayList<>();
        for (long number : numbers) {
            known.add(path(number));
            tables.add(Table.open(path(number), number, cache));
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.startsWith(PREFIX) && name.endsWith(SUFFIX) && !known.contains(file)) {
                    Files.delete(file);
                }
            }
        }
        return List.copyOf(tables);
    }

    private Path path(long number) {
        return directory.resolve(PREFIX + String.format(Locale.ROOT, "%012d", number) + SUFFIX);
    }

    Table write(Memtable memtable) throws IOException {
        long number = nextFile.getAndIncrement();
        Path file = path(number);
        EntryCursor cursor = memtable.from(new byte[0]);
        try (TableWriter writer = new TableWriter(file, memtable.entries())) {
            while (cursor.advance()) {
                if (!dropped.test(cursor.key())) {
                    writer.add(cursor.key(), cursor.value());
                }
            }
            writer.finish();
        }
        return Table.open(file, number, cache);
    }

    /** Merges neighbours; a removal is left out where no older file may hold its key. */
    Table merge(List<Table> inputs, List<Table> older) throws IOException {
        long number = nextFile.getAndIncrement();
        Path file = path(number);
        List<EntryCursor> sources = new ArrayList<>();
        long expected = 0;
        for (Table input : inputs) {
            sources.add(input.from(new byte[0]));
            expected += input.entries();
        }
        MergeCursor cursor = new MergeCursor(sources);
        try (TableWriter writer = new TableWriter(file, expected)) {
            while (cursor.advance()) {
                byte[] key = cursor.key();
                byte[] value = cursor.value();
                boolean stale =
                        Memtable.isRemoved(value)
                                && older.stream().noneMatch(table -> table.mayHold(key));
                if (!stale && !dropped.test(key)) {
                    writer.add(key, value);
                }
            }
            writer.finish();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return Table.open(file, number, cache);
    }

    /** Sets where the journal begins, as read from the manifest. */
    void remember(JournalMark read) {
        mark = read;
    }

    /** Makes these the files that count; the caller holds the store's write lock. */
    void publish(@Nullable JournalMark newMark, List<Table> tables) throws IOException {
        if (newMark != null) {
            mark = newMark;
        }
        new Manifest(mark, nextFile.get(), tables.stream().map(Table::number).toList())
                .write(directory);
    }
}
