package org.ashar.accountability.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ashar.accountability.api.FindingListing.Wish;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingListingTest {

    private static final Map.Entry<String, String> PLACE = Map.entry("place", "soate:1");
    private static final Map.Entry<String, String> RARE = Map.entry("auditee", "rare");

    @Test
    void a_page_looks_at_so_many_and_no_more_and_the_pages_together_miss_none(@TempDir Path folder)
            throws Exception {
        try (EmbeddedStore store = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> currents =
                    client.getDatabase("findings").getCollection("currents");
            currents.createIndex(Indexes.ascending("s.place", "_id"));
            currents.insertMany(documents(2 * FindingListing.MOST_LOOKED_AT));
            FindingListing listing = new FindingListing(currents);
            Wish wish = new Wish(List.of(PLACE, RARE), _ -> true);

            Page<Document> first = listing.page(wish, new Paging(null, 50), "");
            assertThat(first.items())
                    .as("it is short")
                    .extracting(FindingListingTest::id)
                    .containsExactly(name(1_000));
            assertThat(first.next()).isEqualTo(name(FindingListing.MOST_LOOKED_AT - 1));
            assertThat(read(listing, wish, 50)).containsExactly(name(1_000), name(3_000));
            assertThat(read(listing, wish, 1)).containsExactly(name(1_000), name(3_000));
            assertThat(read(listing, new Wish(List.of(), _ -> true), 200))
                    .hasSize(2 * FindingListing.MOST_LOOKED_AT)
                    .isSorted();
        }
    }

    private static List<Document> documents(int count) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String auditee = i % 2_000 == 1_000 ? RARE.getValue() : "usual";
            documents.add(
                    new Document("_id", name(i))
                            .append(
                                    "s",
                                    new Document(PLACE.getKey(), PLACE.getValue())
                                            .append(RARE.getKey(), auditee)));
        }
        return documents;
    }

    private static List<String> read(FindingListing listing, Wish wish, int limit) {
        List<String> all = new ArrayList<>();
        String after = "";
        while (after != null) {
            Page<Document> page = listing.page(wish, new Paging(null, limit), after);
            page.items().forEach(one -> all.add(id(one)));
            after = page.next();
        }
        return all;
    }

    private static String id(Document document) {
        return document.getString("_id");
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "audit-finding/%05d", number);
    }
}
