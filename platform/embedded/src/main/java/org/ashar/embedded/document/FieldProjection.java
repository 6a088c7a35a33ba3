package org.ashar.embedded.document;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a document are answered: all but some, or some and the {@code _id}. Operators and
 * computed fields are refused, where the front end alone would leave them out without a word.
 */
final class FieldProjection {
    private static final String ID = "_id";
    private static final int BAD_PROJECTION = 31249;

    private final List<List<String>> paths = new ArrayList<>();
    private final boolean including;
    private final boolean withId;

    private FieldProjection(Document fields) {
        boolean id = true;
        Boolean include = null;
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            boolean wanted = isWanted(field.getKey(), field.getValue());
            if (field.getKey().equals(ID)) {
                id = wanted;
                if (wanted && fields.size() == 1) {
                    include = true;
                }
                continue;
            }
            if (include != null && include != wanted) {
                throw refused("a projection either includes or excludes fields");
            }
            include = wanted;
            paths.add(List.of(field.getKey().split("\\.", -1)));
        }
        including = include != null && include;
        withId = id;
    }

    static @Nullable FieldProjection of(@Nullable Document fields) {
        return fields == null || fields.isEmpty() ? null : new FieldProjection(fields);
    }

    private static boolean isWanted(String field, @Nullable Object value) {
        if (field.contains("$")) {
            throw refused("positional projection is not supported: " + field);
        }
        return switch (value) {
            case Boolean flag -> flag;
            case Number number -> number.doubleValue() != 0;
            case null, default ->
                    throw refused("only 0, 1, false and true are supported for " + field);
        };
    }

    private static MongoServerError refused(String message) {
        return new MongoServerError(BAD_PROJECTION, message);
    }

    Document apply(Document document) {
        Document result = including ? new Document() : document.cloneDeeply();
        if (including) {
            include(document, result, paths);
        } else {
            paths.forEach(path -> exclude(result, path));
        }
        if (!withId) {
            result.remove(ID);
        } else if (including && document.containsKey(ID)) {
            Document first = new Document(ID, document.get(ID));
            first.putAll(result);
            return first;
        }
        return result;
    }

    private static void include(Document from, Document to, List<List<String>> wanted) {
        for (Map.Entry<String, Object> field : from.entrySet()) {
            List<List<String>> deeper = new ArrayList<>();
            boolean whole = false;
            for (List<String> path : wanted) {
                if (path.getFirst().equals(field.getKey())) {
                    whole |= path.size() == 1;
                    deeper.add(path.subList(1, path.size()));
                }
            }
            if (whole) {
                to.put(field.getKey(), field.getValue());
            } else if (!deeper.isEmpty()) {
                if (field.getValue() instanceof Document
                        || field.getValue() instanceof Collection) {
                    to.put(field.getKey(), included(field.getValue(), deeper));
                }
            }
        }
    }

    private static Object included(Object value, List<List<String>> wanted) {
        if (value instanceof Document document) {
            Document part = new Document();
            include(document, part, wanted);
            return part;
        }
        List<Object> parts = new ArrayList<>();
        for (Object element : (Collection<?>) value) {
            if (element instanceof Document || element instanceof Collection) {
                parts.add(included(element, wanted));
            }
        }
        return parts;
    }

    private static void exclude(@Nullable Object value, List<String> path) {
        if (value instanceof Document document) {
            if (path.size() == 1) {
                document.remove(path.getFirst());
            } else {
                exclude(document.get(path.getFirst()), path.subList(1, path.size()));
            }
        } else if (value instanceof Collection<?> elements) {
            elements.forEach(element -> exclude(element, path));
        }
    }
}
