package org.ashar.embedded.document;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Bulk writes as MongoDB does them: an ordered one ends at its first error, counts say what was
 * written, an error carries the place of its statement.
 */
final class WriteCommands {
    private static final int SYSTEM_NAMESPACE = 16459;

    private WriteCommands() {}

    static Document insert(StoredDatabase database, Document command) {
        String name = Bson.field(command, "insert", String.class);
        if (name.startsWith("system.")) {
            throw new MongoServerError(SYSTEM_NAMESPACE, "cannot insert in a system collection");
        }
        List<Document> documents = parts(command, "documents");
        boolean ordered = ordered(command);
        List<Document> errors = database.existingOrNew(name).insertDocuments(documents, ordered);
        int written = documents.size() - errors.size();
        if (ordered && !errors.isEmpty()) {
            written = Bson.field(errors.getFirst(), "index", Integer.class);
        }
        Document answer = new Document("n", written);
        if (!errors.isEmpty()) {
            answer.put("writeErrors", errors);
        }
        return answer.append("ok", 1.0);
    }

    /** Carries out the statements of an update or delete one by one. */
    static Document each(String list, Document command, UnaryOperator<Document> carryOut) {
        List<Document> statements = parts(command, list);
        boolean ordered = ordered(command);
        int matched = 0;
        int modified = 0;
        List<Document> upserted = new ArrayList<>();
        List<Document> errors = new ArrayList<>();
        for (int at = 0; at < statements.size() && !(ordered && !errors.isEmpty()); at++) {
            Document one = new Document(command);
            one.put(list, List.of(statements.get(at)));
            Document answer;
            try {
                answer = carryOut.apply(one);
            } catch (MongoServerError e) {
                errors.add(
                        new Document("index", at)
                                .append("code", e.getCode())
                                .append("errmsg", e.getMessageWithoutErrorCode()));
                continue;
            }
            matched += (Integer) answer.getOrDefault("n", 0);
            modified += (Integer) answer.getOrDefault("nModified", 0);
            upserted.addAll(placed(answer, "upserted", at));
            errors.addAll(placed(answer, "writeErrors", at));
        }
        Document answer = new Document("n", matched);
        if (list.equals("updates")) {
            answer.append("nModified", modified);
        }
        if (!upserted.isEmpty()) {
            answer.append("upserted", upserted);
        }
        if (!errors.isEmpty()) {
            answer.append("writeErrors", errors);
        }
        return answer.append("ok", 1.0);
    }

    private static List<Document> placed(Document answer, String list, int at) {
        List<Document> placed = new ArrayList<>();
        if (answer.get(list) instanceof Collection<?> parts) {
            for (Object part : parts) {
                Document document = (Document) part;
                document.put("index", at);
                placed.add(document);
            }
        }
        return placed;
    }

    private static boolean ordered(Document command) {
        return !Boolean.FALSE.equals(command.get("ordered"));
    }

    private static List<Document> parts(Document command, String list) {
        List<Document> parts = new ArrayList<>();
        for (Object part : Bson.field(command, list, Collection.class)) {
            parts.add((Document) part);
        }
        return parts;
    }
}
