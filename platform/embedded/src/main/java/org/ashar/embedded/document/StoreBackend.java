package org.ashar.embedded.document;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import org.ashar.embedded.journal.Journal;
import org.ashar.embedded.journal.Troubles;
import org.ashar.embedded.sorted.SortedStore;
import org.ashar.embedded.sorted.SortedStoreOptions;
import org.jspecify.annotations.Nullable;

/** The databases of one data folder, and the commands that concern the server as a whole. */
public final class StoreBackend extends AbstractMongoBackend {
    private static final int UNSUPPORTED = 115;
    private static final int BAD_VALUE = 2;

    private final Catalogue catalogue;
    private final SortedStore store;
    private final LongAdder read = new LongAdder();

    private StoreBackend(Clock clock, Catalogue catalogue, SortedStore store) {
        super(clock);
        this.catalogue = catalogue;
        this.store = store;
        version(ServerVersion.MONGO_5_0);
    }

    /** Opens the folder, replaying its journal. */
    public static StoreBackend open(Path directory, SortedStoreOptions options, Clock clock)
            throws IOException {
        Catalogue catalogue = new Catalogue();
        SortedStore store = SortedStore.open(directory, options, catalogue::isDropped);
        catalogue.load(store);
        store.reclaimLeftovers();
        return new StoreBackend(clock, catalogue, store);
    }

    public Journal journal() {
        return store.journal();
    }

    /** What is wrong with the store. */
    public Troubles troubles() {
        return store.troubles();
    }

    /** How many documents were read from the store since it was opened. */
    public long documentsRead() {
        return read.sum();
    }

    @Override
    public Document handleCommand(
            Channel channel, String databaseName, String command, Document query) {
        refuseUnkept(query);
        return switch (command.toLowerCase(Locale.ROOT)) {
            case "hello", "ismaster" ->
                    super.handleCommand(channel, databaseName, "ismaster", query)
                            .append("isWritablePrimary", true);
            case "renamecollection", "getlasterror", "reseterror" ->
                    throw new MongoServerError(
                            UNSUPPORTED, "CommandNotSupported", command + " is not supported");
            default -> super.handleCommand(channel, databaseName, command, query);
        };
    }

    /** Refuses what would have to be promised and cannot be kept. */
    private static void refuseUnkept(Document query) {
        if (query.containsKey("startTransaction") || query.containsKey("autocommit")) {
            throw new MongoServerError(20, "IllegalOperation", "there are no transactions");
        }
        @Nullable Object concern = query.get("writeConcern");
        if (concern instanceof Document write
                && write.get("w") instanceof Number copies
                && copies.intValue() > 1) {
            throw new MongoServerError(BAD_VALUE, "BadValue", "there is only one copy to write to");
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String databaseName) {
        return new StoredDatabase(databaseName, getCursorRegistry(), catalogue, store, read);
    }

    @Override
    protected Set<String> listDatabaseNames() {
        Set<String> names = new TreeSet<>(super.listDatabaseNames());
        catalogue.all().keySet().forEach(name -> names.add(name.substring(0, name.indexOf('.'))));
        return names;
    }

    @Override
    public void dropDatabase(String databaseName) {
        resolveDatabase(databaseName);
        super.dropDatabase(databaseName);
    }

    /** Writes everything to its place; the backend is of no use afterwards. */
    public void closeStore() throws IOException {
        store.close();
    }
}
