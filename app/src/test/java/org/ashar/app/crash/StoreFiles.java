package org.ashar.app.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The files of the embedded store, watched from outside. */
final class StoreFiles {

    private final Path folder;

    StoreFiles(Path data) {
        this.folder = data.resolve("store/data");
    }

    /** Returns as soon as another file begins: a flush, a merge or a roll of the journal. */
    void awaitAnother(Duration limit) throws IOException {
        Set<Path> known = list();
        long deadline = System.nanoTime() + limit.toNanos();
        while (known.containsAll(list())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the store writes no file within " + limit);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Set<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new HashSet<>(files.toList());
        }
    }
}
