package org.ashar.embedded.document;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.ashar.embedded.document.QueryRun.Found;
import org.jspecify.annotations.Nullable;

/** The rest of an answer, fetched in batches bounded in number and bytes. */
final class ResultCursor extends AbstractCursor {
    static final int FIRST_BATCH = 101;
    private static final int LATER_BATCH = 1000;
    private static final long BATCH_BYTES = 8L << 20;

    private final Iterator<Found> found;
    private final @Nullable FieldProjection projection;

    ResultCursor(long id, Iterator<Found> found, @Nullable FieldProjection projection) {
        super(id);
        this.found = found;
        this.projection = projection;
    }

    @Override
    public synchronized boolean isEmpty() {
        return !found.hasNext();
    }

    @Override
    public List<Document> takeDocuments(int numberToReturn) {
        return take(numberToReturn > 0 ? numberToReturn : LATER_BATCH);
    }

    synchronized List<Document> take(int most) {
        List<Document> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < most && bytes < BATCH_BYTES && found.hasNext()) {
            Found next = found.next();
            bytes += next.size();
            batch.add(projection == null ? next.document() : projection.apply(next.document()));
        }
        return batch;
    }
}
