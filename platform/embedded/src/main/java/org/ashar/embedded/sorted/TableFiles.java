package org.ashar.embedded.sorted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ashar.embedded.journal.Disk;
import org.ashar.embedded.journal.JournalMark;
import org.ashar.embedded.journal.Troubles;
import org.jspecify.annotations.Nullable;

/** Makes sorted files and names them in the manifest. */
final class TableFiles {
    private static final String PREFIX = "table-";
    private static final String SUFFIX = ".dat";

    private final Path directory;
    private final BlockCache cache;
    private final AtomicLong nextFile;
    private final Predicate<byte[]> dropped;
    private final Troubles troubles;
    private JournalMark mark = JournalMark.START;

    TableFiles(
            Path directory,
            SortedStoreOptions options,
            long nextFile,
            Predicate<byte[]> dropped,
            Troubles troubles) {
        this.directory = directory;
        this.cache = new BlockCache(options.cacheBytes());
        this.nextFile = new AtomicLong(nextFile);
        this.dropped = dropped;
        this.troubles = troubles;
    }

    /** Opens the files that count and deletes those that never came to count. */
    List<Table> open(List<Long> numbers) throws IOException {
        Set<Path> known = new HashSet<>();
        List<Table> tables = new ArrayList<>();
        for (long number : numbers) {
            known.add(path(number));
            tables.add(Table.open(path(number), number, cache, troubles));
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (isTable(file) && !known.contains(file)) {
                    Files.delete(file);
                }
            }
        }
        return List.copyOf(tables);
    }

    /** Whether a directory holds files of this kind, of any number. */
    static boolean anyIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(TableFiles::isTable);
        }
    }

    private static boolean isTable(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    private Path path(long number) {
        return directory.resolve(PREFIX + String.format(Locale.ROOT, "%012d", number) + SUFFIX);
    }

    Table write(Memtable memtable, List<Table> older) throws IOException {
        return Objects.requireNonNull(
                copy(memtable.from(new byte[0]), memtable.entries(), older, () -> true));
    }

    /** Merges neighbours; null where it was no longer wanted before it was done. */
    @Nullable Table merge(List<Table> inputs, List<Table> older, BooleanSupplier wanted)
            throws IOException {
        List<EntryCursor> sources = new ArrayList<>();
        long expected = 0;
        for (Table input : inputs) {
            sources.add(input.all());
            expected += input.entries();
        }
        return copy(new MergeCursor(sources), expected, older, wanted);
    }

    /** Writes a file; a removal is left out where no older file may hold its key. */
    private @Nullable Table copy(
            EntryCursor cursor, long expected, List<Table> older, BooleanSupplier wanted)
            throws IOException {
        long number = nextFile.getAndIncrement();
        Path file = path(number);
        TableWriter writer = new TableWriter(file, expected);
        try (writer) {
            while (cursor.advance() && wanted.getAsBoolean()) {
                byte[] key = cursor.key();
                byte[] value = cursor.value();
                boolean stale = Memtable.isRemoved(value) && mayHoldNone(older, key);
                if (!stale && !dropped.test(key)) {
                    writer.add(key, value);
                }
            }
            if (wanted.getAsBoolean()) {
                writer.finish();
                Disk.force(directory);
                return Table.open(file, number, cache, troubles);
            }
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(file);
            throw e;
        }
        Files.delete(file);
        return null;
    }

    /** Whether a table holds a block or more of dropped keys. */
    boolean holdsDropped(Table table) {
        return table.anyFirstKey(dropped);
    }

    private static boolean mayHoldNone(List<Table> tables, byte[] key) {
        long hash = Bloom.hash(key);
        return tables.stream().noneMatch(table -> table.mayHold(hash));
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
