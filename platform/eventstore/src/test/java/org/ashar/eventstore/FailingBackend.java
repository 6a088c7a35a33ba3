package org.ashar.eventstore;

import static java.util.Objects.requireNonNull;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** A server whose failures are scripted by command and collection. */
final class FailingBackend extends MemoryBackend {

    private volatile BiPredicate<String, String> refuses = (command, collection) -> false;
    private volatile BiPredicate<String, String> losesAnswer = (command, collection) -> false;
    private volatile BiPredicate<String, String> hides = (command, collection) -> false;

    private volatile BiPredicate<String, String> isAlone = (command, collection) -> false;
    private volatile Predicate<Document> rejects = document -> false;

    /** These commands take effect on this server, and on no majority in time. */
    void leaveAlone(BiPredicate<String, String> which) {
        isAlone = which;
    }

    /** These documents cannot be inserted; those beside them can. */
    void reject(Predicate<Document> which) {
        rejects = which;
    }

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
        List<Document> rejections = command.equals("insert") ? rejections(query) : List.of();
        Document answer = super.handleCommand(channel, database, command, query);
        if (!rejections.isEmpty()) {
            answer.append("writeErrors", rejections);
        }
        if (isAlone.test(command, collection)) {
            answer.append(
                    "writeConcernError",
                    new Document("code", 64).append("errmsg", "waiting for replication timed out"));
        }
        if (losesAnswer.test(command, collection)) {
            throw new MongoServerError(91, "ShutdownInProgress", "scripted");
        }
        return answer;
    }

    /** Takes what is rejected out of an insert, and answers an error for each. */
    private List<Document> rejections(Document insert) {
        List<Document> errors = new ArrayList<>();
        List<Document> accepted = new ArrayList<>();
        int index = 0;
        for (Object each : (List<?>) requireNonNull(insert.get("documents"))) {
            Document document = (Document) each;
            if (rejects.test(document)) {
                errors.add(
                        new Document("index", index)
                                .append("code", 121)
                                .append("errmsg", "rejected"));
            } else {
                accepted.add(document);
            }
            index++;
        }
        insert.put("documents", accepted);
        return errors;
    }
}
