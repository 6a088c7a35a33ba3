package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dotted path to a field, split once. */
record FieldPath(String text, List<String> steps) {
    static FieldPath of(String text) {
        return new FieldPath(text, List.of(text.split("\\.", -1)));
    }

    /** The value; {@link Missing} where there is none; a list where an array is on the way. */
    @Nullable Object in(Document document) {
        Object value = document;
        for (String step : steps) {
            if (value instanceof Document inner) {
                value = inner.getOrMissing(step);
            } else if (value instanceof Collection) {
                return Utils.getSubdocumentValueCollectionAware(document, text);
            } else {
                return Missing.getInstance();
            }
        }
        return value;
    }
}
