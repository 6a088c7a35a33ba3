package org.ashar.accountability.webhook;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ashar.accountability.ledger.Durable;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions in the store, one document each, and the newest attempts of each in a ring of
 * documents.
 *
 * <p>Guarantee: every write changes the version, the attempts or the place in the log, and takes
 * the place of the very document that was read: of several writers one wins. What is acknowledged
 * is on a majority of disks, but for the ring, which is there to be read and nothing rests on.
 */
final class SubscriptionStore {

    /** So many attempts of a subscription are kept. */
    static final int KEPT_DELIVERIES = 100;

    private static final int RACES = 100;
    private static final List<String> RUNNING = List.of("active", "failing");
    private static final List<String> COUNTED = List.of("active", "failing", "paused");

    private final MongoCollection<Document> subscriptions;
    private final MongoCollection<Document> deliveries;

    SubscriptionStore(MongoDatabase database) {
        this.subscriptions = Durable.of(database).getCollection("subscriptions");
        this.deliveries = database.getCollection("deliveries").withWriteConcern(WriteConcern.W1);
    }

    void createIndexes() {
        subscriptions.createIndex(Indexes.ascending("organisation", "_id"));
        subscriptions.createIndex(Indexes.ascending("state", "_id"));
    }

    /** Whether it was new; false where its id is taken. */
    boolean insert(Subscription subscription) {
        return Durable.isNew(
                () -> subscriptions.insertOne(SubscriptionEncoding.document(subscription)));
    }

    Optional<Subscription> find(String id) {
        return Optional.ofNullable(subscriptions.find(Filters.eq("_id", id)).first())
                .map(SubscriptionEncoding::subscription);
    }

    /** Those of these organisations, by id, behind {@code after}. */
    List<Subscription> of(Collection<String> organisations, @Nullable String after, int limit) {
        Bson own = Filters.in("organisation", organisations);
        return subscriptions
                .find(after == null ? own : Filters.and(own, Filters.gt("_id", after)))
                .sort(Sorts.ascending("_id"))
                .limit(limit)
                .map(SubscriptionEncoding::subscription)
                .into(new ArrayList<>());
    }

    /** How many there are that are not disabled; of one organisation, where one is named. */
    int count(@Nullable String organisation) {
        Bson counted = Filters.in("state", COUNTED);
        return ids(organisation == null
                        ? counted
                        : Filters.and(Filters.eq("organisation", organisation), counted))
                .size();
    }

    /** Those that are to be delivered to, with their versions. */
    Map<String, Long> running() {
        Map<String, Long> running = new HashMap<>();
        for (Document one :
                subscriptions
                        .find(Filters.in("state", RUNNING))
                        .projection(Projections.include("version"))) {
            running.put(one.getString("_id"), one.getLong("version"));
        }
        return running;
    }

    /** Puts one in the place of what was read; whether that was still there. */
    boolean replace(Subscription read, Subscription next) {
        return subscriptions
                        .replaceOne(
                                Filters.and(
                                        Filters.eq("_id", read.id()),
                                        Filters.eq("version", read.version()),
                                        Filters.eq("attempts", read.progress().attempts()),
                                        Filters.eq("next", read.progress().next())),
                                SubscriptionEncoding.document(next))
                        .getMatchedCount()
                == 1;
    }

    /**
     * Changes one for as long as nothing but a test came between; empty where something did, and
     * then nothing is changed.
     */
    Optional<Subscription> change(Subscription read, UnaryOperator<Subscription> change) {
        Subscription current = read;
        for (int race = 0; race < RACES; race++) {
            Subscription next = change.apply(current);
            if (replace(current, next)) {
                return Optional.of(next);
            }
            Optional<Subscription> now =
                    find(read.id())
                            .filter(x -> x.version() == read.version())
                            .filter(x -> x.progress().next() == read.progress().next());
            if (now.isEmpty()) {
                return Optional.empty();
            }
            current = now.get();
        }
        throw new IllegalStateException("a subscription keeps changing: " + read.id());
    }

    /** Keeps an attempt, in the place of the oldest one. */
    void keep(String subscription, Delivery delivery) {
        String slot = slot(subscription, delivery.number());
        deliveries.replaceOne(
                Filters.eq("_id", slot),
                SubscriptionEncoding.document(slot, delivery),
                new ReplaceOptions().upsert(true));
    }

    /** The newest attempts, the newest first. */
    List<Delivery> deliveries(String subscription) {
        return deliveries
                .find(Filters.in("_id", slots(subscription)))
                .map(SubscriptionEncoding::delivery)
                .into(new ArrayList<>())
                .stream()
                .sorted(Comparator.comparingLong(Delivery::number).reversed())
                .toList();
    }

    /** Forgets the oldest disabled ones of an organisation, but for {@code kept}. */
    void forgetDisabled(String organisation, int kept) {
        List<String> oldest =
                subscriptions
                        .find(
                                Filters.and(
                                        Filters.eq("organisation", organisation),
                                        Filters.eq("state", "disabled")))
                        .map(SubscriptionEncoding::subscription)
                        .into(new ArrayList<>())
                        .stream()
                        .sorted(
                                Comparator.comparing((Subscription x) -> x.state().since())
                                        .reversed())
                        .skip(kept)
                        .map(Subscription::id)
                        .toList();
        for (String id : oldest) {
            subscriptions.deleteOne(Filters.eq("_id", id));
            deliveries.deleteMany(Filters.in("_id", slots(id)));
        }
    }

    private List<String> ids(Bson filter) {
        return subscriptions
                .find(filter)
                .projection(Projections.include("_id"))
                .map(one -> one.getString("_id"))
                .into(new ArrayList<>());
    }

    private static List<String> slots(String subscription) {
        return IntStream.range(0, KEPT_DELIVERIES)
                .mapToObj(number -> slot(subscription, number))
                .toList();
    }

    private static String slot(String subscription, long number) {
        return subscription + "/" + number % KEPT_DELIVERIES;
    }
}
