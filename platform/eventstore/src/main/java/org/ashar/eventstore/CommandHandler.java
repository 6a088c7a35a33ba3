package org.ashar.eventstore;

import com.mongodb.client.MongoCollection;
import java.util.Optional;
import java.util.function.Function;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.Refusal;
import org.ashar.kernel.StreamId;
import org.bson.Document;

/** Carries out commands on one kind of aggregate. */
@SuppressWarnings("DoNotCallSuggester")
public final class CommandHandler<C, S, E> {

    CommandHandler(AggregateType<C, S, E> type) {}

    /** Creates an aggregate, or continues one whose state allows that. No If-Match. */
    public Outcome create(
            StreamId stream, CommandMeta meta, Function<S, Optional<Refusal>> guard, C command) {
        throw new UnsupportedOperationException();
    }

    /** Carries out a command on an aggregate at {@code expectedVersion}. */
    public Outcome update(
            StreamId stream,
            long expectedVersion,
            CommandMeta meta,
            Function<S, Optional<Refusal>> guard,
            C command) {
        throw new UnsupportedOperationException();
    }

    /** The aggregate as of its last commit; empty when it has none. */
    public Optional<Current<S>> load(StreamId stream) {
        throw new UnsupportedOperationException();
    }

    /** The current documents, for lists: filter and index by {@code s.…}. Read only. */
    public MongoCollection<Document> currents() {
        throw new UnsupportedOperationException();
    }

    /** Reads one of {@link #currents}. */
    public Current<S> read(Document current) {
        throw new UnsupportedOperationException();
    }
}
