package org.ashar.budgetcommitments.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ashar.budgetcommitments.api.Town.Answer;
import org.ashar.eventstore.CommandHandler;
import org.ashar.kernel.StreamId;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a page of a list costs where there are many: documents looked at, by the store's count. */
class ListBoundsIT {

    private static final String COMMITMENTS = "/api/commitments";
    private static final String BUDGETS = "/api/budget-commitments";
    private static final int MANY = 6_000;

    /** The embedded store reads ahead, by no more than as much again; and the relay sweeps. */
    private static final int ASIDE = 100;

    @TempDir private static Path data;
    private static Town town;

    @BeforeAll
    static void start() throws IOException {
        town = new Town(data);
        Answer drafted = town.create(COMMITMENTS, town.officer, Bodies.draft("Pipes", Bodies.DUE));
        String commitment = drafted.id();
        town.command(COMMITMENTS + "/" + commitment + "/publish", town.head, 1, Bodies.NOTHING);
        Answer budget = town.create(BUDGETS, town.finance, Bodies.budget(commitment, "1000.00"));
        multiply("commitments", "commitment", commitment, "published", "nextDue");
        multiply("budgets", "budget-commitment", budget.id(), "start", "end");
    }

    @AfterAll
    static void stop() throws IOException {
        town.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/commitments?limit=50",
        "/api/commitments?limit=50&sort=due",
        "/api/commitments?limit=50&place=soate:41706207804000",
        "/api/commitments?limit=50&place=soate:41706207804000&sort=due",
        "/api/commitments?limit=50&lead=okmotu",
        "/api/commitments?limit=50&state=published",
        "/api/commitments?limit=50&overdue=false&sort=due",
        "/api/budget-commitments?limit=50",
        "/api/budget-commitments?limit=50&place=soate:41706207804000",
        "/api/budget-commitments?limit=50&state=proposed",
    })
    void a_page_looks_at_little_more_than_it_shows(String list) {
        String after = "";
        for (int page = 0; page < 3; page++) {
            long before = town.documentsRead();
            JsonNode answer = town.get(list + after, null).json();
            assertThat(town.documentsRead() - before).as(list).isLessThan(4 * 51 + ASIDE);
            assertThat(answer.get("items").size()).isEqualTo(50);
            after = "&after=" + answer.get("next").asString();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/commitments?text=no-such-word",
        "/api/commitments?text=no-such-word&sort=due",
        "/api/commitments?classification=sdg:1.1",
        "/api/commitments?state=withdrawn&place=soate:41706207804000",
        "/api/commitments?overdue=true",
        "/api/commitments?from=2999-01-01",
        "/api/budget-commitments?text=no-such-word",
        "/api/budget-commitments?overspent=true",
    })
    void a_page_that_finds_nothing_looks_at_a_bounded_part_and_says_where_to_go_on(String list) {
        int pages = 0;
        String after = "";
        while (!after.isEmpty() || pages == 0) {
            long before = town.documentsRead();
            JsonNode answer = town.get(list + after, null).json();
            assertThat(town.documentsRead() - before)
                    .as(list)
                    .isLessThan(2 * Listing.MOST_LOOKED_AT + ASIDE);
            assertThat(answer.get("items").size()).as(list).isZero();
            after = answer.has("next") ? "&after=" + answer.get("next").asString() : "";
            pages++;
        }
        assertThat(pages).isGreaterThan(2);
    }

    @Test
    void what_is_rare_is_found_however_far_it_lies() {
        String id = town.create(COMMITMENTS, town.officer, Bodies.draft("Zebra", Bodies.DUE)).id();
        town.command(COMMITMENTS + "/" + id + "/publish", town.head, 1, Bodies.NOTHING);
        MongoCollection<Document> currents = currents("commitments");
        currents.updateOne(
                new Document("_id", "commitment/" + id),
                new Document("$set", new Document("s.published", "1990-01-01")));
        List<String> found = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = town.get(COMMITMENTS + "?text=zebra" + after, null).json();
            page.get("items").forEach(row -> found.add(row.get("id").asString()));
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
        } while (!after.isEmpty());
        assertThat(found).containsExactly(id);
    }

    @Test
    void a_walk_shows_each_once_while_others_are_published() {
        Set<String> before = ids(currents("commitments"));
        List<String> walked = new ArrayList<>();
        String after = "";
        int page = 0;
        do {
            JsonNode answer = town.get(COMMITMENTS + "?limit=200" + after, null).json();
            answer.get("items").forEach(row -> walked.add(row.get("id").asString()));
            after = answer.has("next") ? "&after=" + answer.get("next").asString() : "";
            if (page++ % 5 == 0) {
                String id =
                        town.create(
                                        COMMITMENTS,
                                        town.officer,
                                        Bodies.draft("Meanwhile " + page, Bodies.DUE))
                                .id();
                town.command(COMMITMENTS + "/" + id + "/publish", town.head, 1, Bodies.NOTHING);
            }
        } while (!after.isEmpty());
        assertThat(walked).doesNotHaveDuplicates().containsAll(before);
    }

    private static Set<String> ids(MongoCollection<Document> currents) {
        Set<String> ids = new HashSet<>();
        for (Document current : currents.find(new Document("s.public", true))) {
            ids.add(current.getString("_id").substring("commitment/".length()));
        }
        return ids;
    }

    /** As if there were many, on many days. */
    private static void multiply(String bean, String type, String id, String... days) {
        MongoCollection<Document> currents = currents(bean);
        Document one = requireNonNull(currents.find(new Document("_id", type + "/" + id)).first());
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Document summary = new Document(one.get("s", Document.class));
            for (String day : days) {
                summary.put(day, LocalDate.of(2990, 1, 1).minusDays(i % 500).toString());
            }
            many.add(
                    new Document(one)
                            .append("_id", StreamId.derived(type, Integer.toString(i)).toString())
                            .append("s", summary));
        }
        currents.insertMany(many);
    }

    private static MongoCollection<Document> currents(String bean) {
        return ((CommandHandler<?, ?, ?>) town.service().getBean(bean)).currents();
    }
}
