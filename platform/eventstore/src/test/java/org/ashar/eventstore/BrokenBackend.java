package org.ashar.eventstore;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that breaks one promise and says that all is well. */
final class BrokenBackend extends MemoryBackend {

    /** What it does wrong. */
    enum Fault {
        LOSES_INSERTS,
        ALLOWS_DOUBLES,
        FORGETS_CONDITIONS,
        LOSES_UPDATES,
        FINDS_NOTHING_ABOVE
    }

    private final Fault fault;
    private final AtomicInteger inserts = new AtomicInteger();

    BrokenBackend(Fault fault) {
        this.fault = fault;
    }

    @Override
    public Document handleCommand(
            Channel channel, String database, String command, Document query) {
        switch (fault) {
            case LOSES_INSERTS -> {
                if (command.equals("insert")
                        && "commits".equals(query.get("insert"))
                        && inserts.incrementAndGet() % 5 == 0) {
                    return new Document("n", 1).append("ok", 1.0);
                }
            }
            case ALLOWS_DOUBLES -> {
                if (command.equals("createIndexes")) {
                    documents(query, "indexes").forEach(index -> index.remove("unique"));
                }
            }
            case FORGETS_CONDITIONS -> {
                if (command.equals("update")) {
                    for (Document update : documents(query, "updates")) {
                        if (update.get("q") instanceof Document condition) {
                            condition.remove("version");
                        }
                    }
                }
            }
            case LOSES_UPDATES -> {
                if (command.equals("update")) {
                    int count = documents(query, "updates").size();
                    return new Document("n", count).append("nModified", count).append("ok", 1.0);
                }
            }
            case FINDS_NOTHING_ABOVE -> {
                if (command.equals("find")
                        && query.get("filter") instanceof Document filter
                        && filter.get("from") instanceof Document) {
                    filter.put("from", 0L);
                }
            }
        }
        return super.handleCommand(channel, database, command, query);
    }

    private static List<Document> documents(Document query, String field) {
        return query.get(field) instanceof List<?> list
                ? list.stream().map(Document.class::cast).toList()
                : List.of();
    }
}
