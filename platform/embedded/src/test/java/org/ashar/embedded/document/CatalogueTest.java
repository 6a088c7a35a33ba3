package org.ashar.embedded.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.exception.MongoServerError;
import java.io.IOException;
import java.nio.file.Path;
import org.ashar.embedded.sorted.SortedStore;
import org.ashar.embedded.sorted.SortedStoreOptions;
import org.ashar.embedded.sorted.WriteBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueTest {
    private static final SortedStoreOptions NUMBERS =
            new SortedStoreOptions(1 << 20, 1 << 20, true);

    @TempDir Path folder;

    /** A writer that began before the drop would bring it back under a number nobody keeps. */
    @Test
    void a_dropped_collection_stays_dropped() throws IOException {
        Catalogue catalogue = new Catalogue();
        try (SortedStore store = SortedStore.open(folder, NUMBERS, catalogue::isDropped)) {
            catalogue.load(store);
            CollectionSpec before = catalogue.openOrCreate("db.c");
            catalogue.drop("db.c");
            assertThatThrownBy(() -> catalogue.save("db.c", before, new WriteBatch()))
                    .isInstanceOf(MongoServerError.class);
            assertThat(catalogue.has("db.c")).isFalse();

            CollectionSpec after = catalogue.openOrCreate("db.c");
            assertThatThrownBy(() -> catalogue.save("db.c", before, new WriteBatch()))
                    .isInstanceOf(MongoServerError.class);
            assertThat(catalogue.all()).containsEntry("db.c", after);
        }
    }
}
