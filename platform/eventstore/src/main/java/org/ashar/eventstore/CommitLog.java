package org.ashar.eventstore;

import static com.mongodb.client.model.Indexes.ascending;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ashar.kernel.StreamId;
import org.bson.Document;

/**
 * Writes commits.
 *
 * <p>Guarantee: {@link #append} returns true only when the commit is on a majority of disks; of
 * several writers of one place in a stream, or of one command, one succeeds.
 */
final class CommitLog {

    static final String COLLECTION = "commits";
    private static final long WRITE_TIMEOUT_SECONDS = 5;
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoCollection<Document> durable;
    private final MongoCollection<Document> quick;
    private final CommitReader reader;
    private final Convoy<Commit, Appended> appends = new Convoy<>(this::appendAll);

    /** What became of one commit among several. */
    enum Appended {
        DONE,
        TAKEN,
        FAILED
    }

    CommitLog(MongoDatabase database) {
        MongoCollection<Document> commits = database.getCollection(COLLECTION);
        durable =
                commits.withWriteConcern(
                        WriteConcern.MAJORITY
                                .withJournal(true)
                                .withWTimeout(WRITE_TIMEOUT_SECONDS, TimeUnit.SECONDS));
        quick = commits.withWriteConcern(WriteConcern.W1);
        reader = new CommitReader(commits);
    }

    CommitReader reader() {
        return reader;
    }

    void createIndexes() {
        try {
            IndexOptions unique = new IndexOptions().unique(true);
            quick.createIndex(ascending(CommitCodec.STREAM, CommitCodec.FROM), unique);
            quick.createIndex(ascending(CommitCodec.STREAM, CommitCodec.TO), unique);
            quick.createIndex(ascending(CommitCodec.STREAM, CommitCodec.COMMAND), unique);
            quick.createIndex(ascending(CommitCodec.PENDING), new IndexOptions().sparse(true));
        } catch (MongoException e) {
            throw new StoreUnavailableException("the indexes of commits cannot be made", e);
        }
    }

    /** Whether it was appended; false when its place or its command is taken. */
    boolean append(Commit commit) {
        return switch (appends.take(commit)) {
            case DONE -> true;
            case TAKEN -> false;
            case FAILED -> throw new StoreUnavailableException(commit.id() + " cannot be written");
        };
    }

    /** Each commit succeeds or fails by itself, whatever becomes of those beside it. */
    List<Appended> appendAll(List<Commit> commits) {
        List<InsertOneModel<Document>> inserts = new ArrayList<>();
        commits.forEach(commit -> inserts.add(new InsertOneModel<>(CommitCodec.write(commit))));
        Appended[] appended = new Appended[commits.size()];
        Arrays.fill(appended, Appended.DONE);
        try {
            durable.bulkWrite(inserts, UNORDERED);
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null) {
                throw new StoreUnavailableException("commits are not on a majority", e);
            }
            for (BulkWriteError error : e.getWriteErrors()) {
                boolean taken = error.getCategory() == ErrorCategory.DUPLICATE_KEY;
                appended[error.getIndex()] = taken ? Appended.TAKEN : Appended.FAILED;
            }
        } catch (MongoException e) {
            throw new StoreUnavailableException("commits cannot be written", e);
        }
        return List.of(appended);
    }

    /**
     * Takes the relay's mark from commits that it is done with, a stream's later one never before
     * its earlier one. Each stream's commits come in their order.
     */
    void clearPending(List<Commit> done) {
        List<List<UpdateOneModel<Document>>> waves = new ArrayList<>();
        Map<StreamId, Integer> seen = new LinkedHashMap<>();
        for (Commit commit : done) {
            int wave = seen.merge(commit.stream(), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            Document exactly =
                    new Document(CommitCodec.STREAM, commit.stream().toString())
                            .append(CommitCodec.FROM, commit.from());
            waves.get(wave).add(new UpdateOneModel<>(exactly, Updates.unset(CommitCodec.PENDING)));
        }
        try {
            for (List<UpdateOneModel<Document>> wave : waves) {
                quick.bulkWrite(wave, UNORDERED);
            }
        } catch (MongoException e) {
            throw new StoreUnavailableException("the relay's marks cannot be cleared", e);
        }
    }
}
