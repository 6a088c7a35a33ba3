package org.ashar.embedded.sorted;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ashar.embedded.journal.DamagedStoreException;
import org.ashar.embedded.journal.Disk;
import org.ashar.embedded.journal.Journal;
import org.ashar.embedded.journal.JournalMark;

/**
 * Which files make up the store, and from where on the journal is needed. Replaced as a whole by an
 * atomic rename after the new one is on disk, so there is always exactly one that is true.
 *
 * @param mark where to replay the journal from
 * @param nextFile a number no file ever had
 * @param tables numbers of the sorted files, the newest first
 */
record Manifest(JournalMark mark, long nextFile, List<Long> tables) {
    private static final long MAGIC = 0x415348414d414e49L;
    private static final int FORMAT = 1;
    private static final int SIZE = 40;
    private static final String NAME = "manifest";

    static Manifest read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            if (TableFiles.anyIn(directory) && !Journal.isWhole(directory)) {
                throw new DamagedStoreException(file + " is missing");
            }
            return new Manifest(JournalMark.START, 1, List.of());
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < SIZE || (bytes.length - SIZE) % Long.BYTES != 0) {
            throw new DamagedStoreException(file + " is damaged");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int body = bytes.length - Integer.BYTES;
        if (in.getInt(body) != TableWriter.checksum(bytes, 0, body) || in.getLong() != MAGIC) {
            throw new DamagedStoreException(file + " is damaged");
        }
        int format = in.getInt();
        if (format != FORMAT) {
            throw new DamagedStoreException(file + " is of unknown format " + format);
        }
        JournalMark mark = new JournalMark(in.getLong(), in.getLong());
        long nextFile = in.getLong();
        List<Long> tables = new ArrayList<>();
        while (in.remaining() > Integer.BYTES) {
            tables.add(in.getLong());
        }
        return new Manifest(mark, nextFile, List.copyOf(tables));
    }

    void write(Path directory) throws IOException {
        Bytes out = new Bytes(128);
        out.putLong(MAGIC).putInt(FORMAT).putLong(mark.segment()).putLong(mark.frame());
        out.putLong(nextFile);
        tables.forEach(out::putLong);
        out.putInt(TableWriter.checksum(out.array(), 0, out.size()));
        Disk.replace(directory, NAME, ByteBuffer.wrap(out.array(), 0, out.size()));
    }
}
