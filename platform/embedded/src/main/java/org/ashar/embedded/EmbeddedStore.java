package org.ashar.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.ashar.embedded.document.StoreBackend;
import org.ashar.embedded.journal.DamagedStoreException;
import org.ashar.embedded.journal.Trouble;
import org.ashar.embedded.sorted.SortedStoreOptions;
import org.ashar.embedded.wire.WireServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable store for one machine that MongoDB drivers can talk to, on the loopback address.
 *
 * <p>A write that asks for {@code j: true} or {@code w: "majority"}, or names no concern, is
 * answered when it is on disk, and a read that asks for {@code readConcern: "majority"} only with
 * what is on disk; they survive the loss of process and power. Equality on the first keys of an
 * index and a range on the next, or {@code $in}, are index lookups, in unique and other indexes.
 * There are no sessions, transactions, change streams, TTL, partial indexes, collations: commands
 * that ask for them, or for any option that is not known, are refused. When the disk refuses a
 * write, every later write is refused until the store is opened anew. A read that meets damage is
 * refused with the code of DataCorruptionDetected, 309. Both are told by {@link #troubles}.
 *
 * <p>One process may have a folder open; a second one gets a {@link FolderInUseException}.
 */
public final class EmbeddedStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);
    private static final String FORMAT = "ashar-store 1";
    private static final String PORT = "port";

    private final DataFolder folder;
    private final StoreBackend backend;
    private final WireServer server;
    private boolean closed;

    private EmbeddedStore(DataFolder folder, StoreBackend backend, WireServer server) {
        this.folder = folder;
        this.backend = backend;
        this.server = server;
    }

    /**
     * Opens a folder, made where there is none, and begins to listen on the port it had before, or
     * on another where that is taken.
     *
     * @throws FolderInUseException somebody has it open
     * @throws DamagedStoreException what is stored is not what was written
     */
    public static EmbeddedStore open(Path directory, EmbeddedStoreOptions options)
            throws IOException {
        DataFolder folder = DataFolder.claim(directory, FORMAT);
        @Nullable StoreBackend backend = null;
        try {
            SortedStoreOptions numbers =
                    new SortedStoreOptions(
                            options.memtableBytes(), options.cacheBytes(), options.journal());
            backend = StoreBackend.open(directory.resolve("data"), numbers, Clock.systemUTC());
            WireServer server = listen(folder, backend);
            return new EmbeddedStore(folder, backend, server);
        } catch (IOException | RuntimeException e) {
            if (backend != null) {
                backend.closeStore();
            }
            folder.close();
            throw e;
        }
    }

    private static WireServer listen(DataFolder folder, StoreBackend backend) throws IOException {
        Integer port = folder.number(PORT);
        if (port != null) {
            try {
                return WireServer.start(backend, backend.journal(), port);
            } catch (IOException e) {
                log.info("port {} is taken, the store takes another", port);
            }
        }
        WireServer server = WireServer.start(backend, backend.journal(), 0);
        folder.write(PORT, Integer.toString(server.port()));
        return server;
    }

    /** Where drivers reach it. */
    public String uri() {
        return "mongodb://127.0.0.1:" + server.port() + "/?directConnection=true&retryWrites=false";
    }

    /** What is wrong with it and does not pass by itself; none where all is well. */
    public Set<Trouble> troubles() {
        return backend.troubles().met();
    }

    /** How many stored documents queries looked at so far: a query that scans shows here. */
    public long documentsRead() {
        return backend.documentsRead();
    }

    /** How many times the journal was forced to disk so far. */
    public long journalFlushes() {
        return backend.journal().flushes();
    }

    /**
     * Answers what was begun, writes everything to its place and gives the folder free.
     *
     * @throws UncheckedIOException not everything could be written to its place; what was
     *     acknowledged is in the journal
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (folder) {
            try {
                server.close();
            } finally {
                backend.close();
                backend.closeStore();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
