package org.ashar.embedded.wire;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Locale;
import java.util.Set;

/**
 * When an answer may be given. A write that asked for the journal or the majority or for nothing
 * (which means the majority, as with MongoDB), and a read that asked for what the majority has, are
 * answered only when everything journaled before they ended is on disk, whether they succeeded,
 * failed or found nothing: even a duplicate key error tells of somebody else's write. Changes of
 * structure and further batches of a cursor always wait.
 */
final class Acknowledgement {
    private static final Set<String> ALWAYS =
            Set.of("getmore", "create", "drop", "createindexes", "dropindexes", "dropdatabase");
    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findandmodify");
    private static final Set<String> LASTING_READS = Set.of("majority", "linearizable", "snapshot");

    private Acknowledgement() {}

    static boolean waitsForDisk(String command, Document query) {
        String name = command.toLowerCase(Locale.ROOT);
        if (ALWAYS.contains(name)) {
            return true;
        }
        if (query.get("writeConcern") instanceof Document write && !write.isEmpty()) {
            return Boolean.TRUE.equals(write.get("j"))
                    || "majority".equals(write.getOrDefault("w", "majority"));
        }
        if (WRITES.contains(name)) {
            return true;
        }
        return query.get("readConcern") instanceof Document read
                && read.get("level") instanceof String level
                && LASTING_READS.contains(level);
    }
}
