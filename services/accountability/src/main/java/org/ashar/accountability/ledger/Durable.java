package org.ashar.accountability.ledger;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Writing what is on a majority of disks when it is acknowledged, and is never replaced. */
public final class Durable {

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);
    private static final long WITHIN_SECONDS = 10;

    private Durable() {}

    /** The same database, which reads and writes what a majority has. */
    public static MongoDatabase of(MongoDatabase database) {
        return database.withWriteConcern(
                        WriteConcern.MAJORITY
                                .withJournal(true)
                                .withWTimeout(WITHIN_SECONDS, TimeUnit.SECONDS))
                .withReadConcern(ReadConcern.MAJORITY)
                .withReadPreference(ReadPreference.primary());
    }

    /** The name of what each log of a ledger has of its own. */
    public static String numbered(String name, int log) {
        return log == 1 ? name : name + "-" + log;
    }

    /** Never replaces: what is there was written by another one for the same head. */
    public static void insertMissing(
            MongoCollection<Document> collection, List<Document> documents) {
        try {
            collection.insertMany(documents, UNORDERED);
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null
                    || e.getWriteErrors().stream()
                            .anyMatch(x -> x.getCategory() != ErrorCategory.DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    /** Whether it was inserted; false where its id is taken. */
    public static boolean isNew(Runnable insert) {
        try {
            insert.run();
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }
}
