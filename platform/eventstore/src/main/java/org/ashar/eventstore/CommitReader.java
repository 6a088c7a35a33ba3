package org.ashar.eventstore;

import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ashar.kernel.StreamId;
import org.bson.Document;

/**
 * Reads a service's commits, always with majority: what it returned once is never taken back.
 *
 * <p>Every filter is flat: an exact unique key, or a stream and a range of {@code from}. Throws
 * {@link StoreUnavailableException} while the store does not answer.
 */
public final class CommitReader {

    private final MongoCollection<Document> commits;

    CommitReader(MongoCollection<Document> commits) {
        this.commits = commits.withReadConcern(ReadConcern.MAJORITY);
    }

    /**
     * A stream's commits after version {@code afterVersion}, upward and without a gap, at most
     * {@code limit}; fewer than that means the end.
     */
    public List<Commit> page(StreamId stream, long afterVersion, int limit) {
        Document above =
                new Document(CommitCodec.STREAM, stream.toString())
                        .append(CommitCodec.FROM, new Document("$gt", afterVersion));
        List<Commit> page = list(above, CommitCodec.FROM, limit, Long.MAX_VALUE);
        long version = afterVersion;
        for (Commit commit : page) {
            if (commit.from() != version + 1) {
                throw new IllegalStateException(
                        "the history of " + stream + " has a gap after " + version);
            }
            version = commit.to();
        }
        return page;
    }

    /** The commit that a command gave rise to on a stream. */
    public Optional<Commit> byCommand(StreamId stream, String commandId) {
        return one(stream, CommitCodec.COMMAND, commandId);
    }

    /** The commit that begins with this version. */
    public Optional<Commit> startingAt(StreamId stream, long from) {
        return one(stream, CommitCodec.FROM, from);
    }

    /** The commit that ends with this version. */
    public Optional<Commit> endingAt(StreamId stream, long to) {
        return one(stream, CommitCodec.TO, to);
    }

    /**
     * Commits the relay has work with, in the order of their ids, after this one: some of them
     * while there are any, at most {@code limit} and not many more than {@link
     * RelayQueue#MOST_CONTENT}.
     */
    List<Commit> pending(String afterId, int limit) {
        Document after = new Document(CommitCodec.PENDING, new Document("$gt", afterId));
        return list(after, CommitCodec.PENDING, limit, RelayQueue.MOST_CONTENT);
    }

    private Optional<Commit> one(StreamId stream, String field, Object value) {
        try {
            Document exactly = new Document(CommitCodec.STREAM, stream.toString());
            return Optional.ofNullable(commits.find(exactly.append(field, value)).first())
                    .map(CommitCodec::read);
        } catch (MongoException e) {
            throw new StoreUnavailableException("commits cannot be read", e);
        }
    }

    private List<Commit> list(Document filter, String order, int limit, long mostContent) {
        try (MongoCursor<Document> cursor =
                commits.find(filter)
                        .sort(ascending(order))
                        .limit(limit)
                        .batchSize(limit)
                        .iterator()) {
            List<Commit> found = new ArrayList<>();
            long content = 0;
            while (content < mostContent && cursor.hasNext()) {
                Commit commit = CommitCodec.read(cursor.next());
                content += commit.contentSize();
                found.add(commit);
            }
            return found;
        } catch (MongoException e) {
            throw new StoreUnavailableException("commits cannot be read", e);
        }
    }
}
