package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexNotFoundException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.NoSuchCommandException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which options of which commands are served. Whatever is not listed is refused by name: an option
 * passed over in silence would make the embedded store mean something else than MongoDB.
 */
final class CommandRules {
    private static final int UNSUPPORTED = 115;
    private static final int BAD_VALUE = 2;

    private static final Set<String> EVERYWHERE =
            Set.of(
                    "$db",
                    "lsid",
                    "$readPreference",
                    "$clusterTime",
                    "writeConcern",
                    "readConcern",
                    "comment",
                    "maxTimeMS");

    private static final Map<String, Set<String>> OPTIONS =
            Map.ofEntries(
                    Map.entry(
                            "find",
                            Set.of(
                                    "filter",
                                    "sort",
                                    "projection",
                                    "skip",
                                    "limit",
                                    "batchSize",
                                    "singleBatch",
                                    "noCursorTimeout",
                                    "hint",
                                    "allowDiskUse")),
                    Map.entry("aggregate", Set.of("pipeline", "cursor", "hint", "allowDiskUse")),
                    Map.entry("count", Set.of("query", "limit", "skip", "hint")),
                    Map.entry("distinct", Set.of("key", "query")),
                    Map.entry("insert", Set.of("documents", "ordered")),
                    Map.entry("update", Set.of("updates", "ordered")),
                    Map.entry("delete", Set.of("deletes", "ordered")),
                    Map.entry(
                            "findandmodify",
                            Set.of(
                                    "query",
                                    "sort",
                                    "update",
                                    "remove",
                                    "new",
                                    "fields",
                                    "upsert",
                                    "arrayFilters",
                                    "hint")),
                    Map.entry("create", Set.of()),
                    Map.entry("drop", Set.of()),
                    Map.entry("createindexes", Set.of("indexes")),
                    Map.entry("dropindexes", Set.of("index")),
                    Map.entry("listindexes", Set.of("cursor")),
                    Map.entry(
                            "listcollections",
                            Set.of("cursor", "filter", "nameOnly", "authorizedCollections")));

    private static final Set<String> UPDATE =
            Set.of("q", "u", "upsert", "multi", "arrayFilters", "hint");
    private static final Set<String> DELETE = Set.of("q", "limit", "hint");
    private static final Set<String> INDEX =
            Set.of("key", "name", "unique", "sparse", "v", "background", "ns");

    private CommandRules() {}

    static void check(String command, Document query) {
        String name = command.toLowerCase(Locale.ROOT);
        Set<String> options = OPTIONS.get(name);
        if (options == null) {
            throw new NoSuchCommandException(command);
        }
        for (String option : query.keySet()) {
            if (!option.equals(command) && !options.contains(option)) {
                refuseUnless(EVERYWHERE.contains(option), command, option);
            }
        }
        switch (name) {
            case "update" -> each(query, "updates", CommandRules::checkUpdate);
            case "delete" -> each(query, "deletes", one -> only(DELETE, "delete", one));
            case "createindexes" -> each(query, "indexes", CommandRules::checkIndex);
            case "findandmodify" -> {
                refusePipeline(query.get("update"));
                FieldProjection.of((Document) query.get("fields"));
            }
            case "aggregate" -> each(query, "pipeline", CommandRules::checkStage);
            default -> {}
        }
    }

    private static void refuseUnless(boolean known, String what, String option) {
        if (!known) {
            throw new MongoServerError(
                    UNSUPPORTED,
                    "CommandNotSupported",
                    "the embedded store does not support " + option + " of " + what);
        }
    }

    private static void only(Set<String> known, String what, Document given) {
        given.keySet().forEach(option -> refuseUnless(known.contains(option), what, option));
    }

    private static void each(Document query, String list, Consumer<Document> rule) {
        if (!(query.get(list) instanceof Collection<?> parts)) {
            throw bad(list + " is a list");
        }
        for (Object part : parts) {
            if (!(part instanceof Document document)) {
                throw bad(list + " is a list of documents");
            }
            rule.accept(document);
        }
    }

    private static void checkUpdate(Document update) {
        only(UPDATE, "update", update);
        refusePipeline(update.get("u"));
    }

    private static void refusePipeline(@Nullable Object update) {
        refuseUnless(!(update instanceof Collection), "update", "a pipeline");
    }

    private static void checkStage(Document stage) {
        for (String operator : stage.keySet()) {
            refuseUnless(
                    !Set.of("$out", "$merge", "$changeStream").contains(operator),
                    "aggregate",
                    operator);
        }
    }

    private static void checkIndex(Document index) {
        only(INDEX, "createIndexes", index);
        if (!(index.get("key") instanceof Document key) || key.isEmpty()) {
            throw bad("an index has keys");
        }
        for (Map.Entry<String, Object> field : key.entrySet()) {
            boolean direction =
                    field.getValue() instanceof Number number
                            && Math.abs(number.doubleValue()) == 1;
            refuseUnless(direction, "an index key", String.valueOf(field.getValue()));
            for (String step : field.getKey().split("\\.", -1)) {
                boolean plain =
                        !step.isEmpty()
                                && !step.startsWith("$")
                                && !step.chars().allMatch(Character::isDigit);
                refuseUnless(plain, "an index key", "the path " + field.getKey());
            }
        }
        if (!(index.get("name") instanceof String)) {
            throw bad("an index has a name");
        }
    }

    private static MongoServerError bad(String message) {
        return new MongoServerError(BAD_VALUE, "BadValue", message);
    }

    /** The names meant by {@code index} of {@code dropIndexes}: one by name or keys, or all. */
    static List<String> indexesToDrop(StoredCollection collection, @Nullable Object wanted) {
        List<String> names =
                collection.getIndexes().stream()
                        .filter(
                                index ->
                                        "*".equals(wanted)
                                                || index.getName().equals(wanted)
                                                || keys(index).equals(wanted))
                        .map(Index::getName)
                        .filter(name -> !name.equals(StoredDatabase.ID_INDEX))
                        .toList();
        if (names.isEmpty() && !"*".equals(wanted)) {
            throw new IndexNotFoundException("index not found: " + wanted);
        }
        return names;
    }

    private static Document keys(Index<DocKey> index) {
        Document keys = new Document();
        index.getKeys().forEach(key -> keys.put(key.getKey(), key.isAscending() ? 1 : -1));
        return keys;
    }
}
