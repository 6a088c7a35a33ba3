package org.ashar.eventstore;

import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.kernel.StreamId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The current documents of one kind of aggregate: a cache of the fold, never the truth.
 *
 * <p>Guarantee: a document is replaced only by a later version, or by the same one in another state
 * format; one that lags, is missing, of another format or unreadable is made good from the commits.
 */
final class CurrentDocuments<S, E> {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentDocuments.class);
    private static final int PAGE = 200;
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final String VERSION = "version";
    private static final String FORMAT = "format";

    private final AggregateType<?, S, E> type;
    private final CommitReader commits;
    private final MongoCollection<Document> quick;
    private final MongoCollection<Document> majority;
    private final Convoy<StreamId, Optional<Document>> reads = new Convoy<>(this::findAll);
    private final Convoy<WriteModel<Document>, Boolean> writes = new Convoy<>(this::writeAll);

    CurrentDocuments(AggregateType<?, S, E> type, MongoDatabase database, CommitReader commits) {
        this.type = type;
        this.commits = commits;
        MongoCollection<Document> currents =
                database.getCollection("current_" + type.streamType().replace('-', '_'));
        quick = currents.withWriteConcern(WriteConcern.W1);
        majority =
                currents.withWriteConcern(WriteConcern.MAJORITY)
                        .withReadConcern(ReadConcern.MAJORITY);
    }

    MongoCollection<Document> collection() {
        return quick;
    }

    AggregateType<?, S, E> type() {
        return type;
    }

    void createIndexes() {
        try {
            quick.createIndex(ascending(FORMAT));
        } catch (MongoException e) {
            throw new StoreUnavailableException("current documents cannot be indexed", e);
        }
    }

    /** What an aggregate without any event is. */
    Folded<S> initial() {
        return new Folded<>(0, 0, type.decider().initial().get(), 0, type.stateFormat());
    }

    /** As the current document has it: perhaps behind the commits. */
    Folded<S> read(StreamId stream) {
        return reads.take(stream).map(found -> read(stream, found)).orElseGet(this::initial);
    }

    /** As this current document has it, or from the commits when it cannot say. */
    Folded<S> read(StreamId stream, Document found) {
        long version = CommitCodec.number(found, VERSION);
        int format = (int) CommitCodec.number(found, FORMAT);
        Optional<S> state = format == type.stateFormat() ? state(found) : Optional.empty();
        if (state.isPresent()) {
            return new Folded<>(
                    version, CommitCodec.number(found, "published"), state.get(), version, format);
        }
        Folded<S> nothing =
                new Folded<>(0, 0, type.decider().initial().get(), version, stale(format));
        return catchUp(stream, nothing);
    }

    /** The same after all commits that there are. */
    Folded<S> catchUp(StreamId stream, Folded<S> from) {
        if (from.version() > 0 && commits.startingAt(stream, from.version() + 1).isEmpty()) {
            return from;
        }
        Folded<S> folded = from;
        List<Commit> page;
        do {
            page = commits.page(stream, folded.version(), PAGE);
            for (Commit commit : page) {
                folded = fold(folded, commit);
            }
        } while (page.size() == PAGE);
        return folded;
    }

    /**
     * Writes it unless the document is no longer as it was when read; then it lags until somebody
     * heals it.
     */
    void write(StreamId stream, Folded<S> folded) {
        writes.take(replacement(stream, folded));
    }

    /** Brings a document up to its commits, on a majority; whether there was anything to do. */
    boolean heal(StreamId stream) {
        Folded<S> folded = catchUp(stream, read(stream));
        return folded.version() > 0
                && !folded.isStored(type.stateFormat())
                && write(majority, List.of(replacement(stream, folded)));
    }

    /** The versions that a majority holds of these documents; a missing one is left out. */
    Map<StreamId, Long> majorityVersions(Collection<StreamId> streams) {
        try {
            Map<StreamId, Long> versions = new HashMap<>();
            for (Document found :
                    majority.find(in("_id", streams.stream().map(StreamId::toString).toList()))
                            .projection(include(VERSION))) {
                versions.put(
                        StreamId.parse(found.getString("_id")).orThrow(),
                        CommitCodec.number(found, VERSION));
            }
            return versions;
        } catch (MongoException e) {
            throw new StoreUnavailableException("current documents cannot be read", e);
        }
    }

    /** Some streams whose documents are of another state format. */
    List<StreamId> outdated(int limit) {
        List<StreamId> streams = new ArrayList<>();
        try {
            for (Bson other :
                    List.of(lt(FORMAT, type.stateFormat()), gt(FORMAT, type.stateFormat()))) {
                for (Document found : quick.find(other).projection(include(VERSION)).limit(limit)) {
                    streams.add(StreamId.parse(found.getString("_id")).orThrow());
                }
            }
            return streams;
        } catch (MongoException e) {
            throw new StoreUnavailableException("current documents cannot be read", e);
        }
    }

    Current<S> current(StreamId stream, Folded<S> folded) {
        return new Current<>(stream, folded.version(), folded.state(), summary(folded.state()));
    }

    private Folded<S> fold(Folded<S> folded, Commit commit) {
        S state = folded.state();
        for (Commit.StoredEvent event : commit.events()) {
            E read = type.events().read(event.name(), event.json());
            state = type.decider().evolve().apply(state, read);
        }
        return folded.advanced(commit.to(), commit.publishedTo(), state);
    }

    private List<Optional<Document>> findAll(List<StreamId> streams) {
        Map<String, Document> found = new HashMap<>();
        List<String> ids = streams.stream().map(StreamId::toString).distinct().toList();
        try {
            for (Document document : quick.find(in("_id", ids))) {
                found.put(document.getString("_id"), document);
            }
        } catch (MongoException e) {
            throw new StoreUnavailableException("current documents cannot be read", e);
        }
        return streams.stream().map(s -> Optional.ofNullable(found.get(s.toString()))).toList();
    }

    private Optional<S> state(Document found) {
        try {
            return Optional.of(
                    type.states().read(found.getString("stateName"), found.getString("state")));
        } catch (JacksonException | IllegalArgumentException e) {
            LOG.warn(
                    "The state of {} cannot be read and is folded again: was its format number raised?",
                    found.getString("_id"),
                    e);
            return Optional.empty();
        }
    }

    private WriteModel<Document> replacement(StreamId stream, Folded<S> folded) {
        Document document =
                new Document("_id", stream.toString())
                        .append(VERSION, folded.version())
                        .append("published", folded.published())
                        .append(FORMAT, type.stateFormat())
                        .append("stateName", type.states().name(folded.state()))
                        .append("state", type.states().write(folded.state()))
                        .append("s", summary(folded.state()));
        if (folded.storedVersion() == 0) {
            return new InsertOneModel<>(document);
        }
        Document unchanged =
                new Document("_id", stream.toString()).append(VERSION, folded.storedVersion());
        return new ReplaceOneModel<>(unchanged, document);
    }

    private List<Boolean> writeAll(List<WriteModel<Document>> models) {
        return Collections.nCopies(models.size(), write(quick, models));
    }

    /** Whether all took effect: those that did not had been overtaken. */
    private static boolean write(
            MongoCollection<Document> collection, List<WriteModel<Document>> models) {
        try {
            BulkWriteResult result = collection.bulkWrite(models, UNORDERED);
            return result.getInsertedCount() + result.getMatchedCount() == models.size();
        } catch (MongoBulkWriteException e) {
            if (Duplicates.alone(e)) {
                return false;
            }
            throw new StoreUnavailableException("current documents cannot be written", e);
        } catch (MongoException e) {
            throw new StoreUnavailableException("current documents cannot be written", e);
        }
    }

    private Document summary(S state) {
        Document summary = new Document();
        type.summary()
                .apply(state)
                .forEach((k, v) -> summary.append(k, v instanceof Instant i ? Date.from(i) : v));
        return summary;
    }

    /** A format that is never ours: the document must be written again. */
    private int stale(int format) {
        return format == type.stateFormat() ? format - 1 : format;
    }
}
