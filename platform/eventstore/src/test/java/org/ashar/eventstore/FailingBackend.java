package org.ashar.eventstore;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import java.util.List;
import java.util.function.BiPredicate;

/** A server whose failures are scripted by command and collection. */
final class FailingBackend extends MemoryBackend {

    private volatile BiPredicate<String, String> refuses = (command, collection) -> false;
    private volatile BiPredicate<String, String> losesAnswer = (command, collection) -> false;
    private volatile BiPredicate<String, String> hides = (command, collection) -> false;

    /** These commands fail and have no effect. */
    void refuse(BiPredicate<String, String> which) {
        refuses = which;
    }

    /** These commands take effect, and fail. */
    void loseAnswer(BiPredicate<String, String> which) {
        losesAnswer = which;
    }

    /** These queries find nothing, as if no majority had it yet. */
    void hide(BiPredicate<String, String> which) {
        hides = which;
    }

    @Override
    public Document handleCommand(
            Channel channel, String database, String command, Document query) {
        String collection = String.valueOf(query.get(command));
        if (refuses.test(command, collection)) {
            throw new MongoServerError(91, "ShutdownInProgress", "scripted");
        }
        if (hides.test(command, collection)) {
            return new Document(
                            "cursor",
                            new Document("firstBatch", List.of())
                                    .append("id", 0L)
                                    .append("ns", database + "." + collection))
                    .append("ok", 1.0);
        }
        Document answer = super.handleCommand(channel, database, command, query);
        if (losesAnswer.test(command, collection)) {
            throw new MongoServerError(91, "ShutdownInProgress", "scripted");
        }
        return answer;
    }
}
