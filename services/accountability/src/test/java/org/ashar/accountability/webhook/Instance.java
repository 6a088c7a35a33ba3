package org.ashar.accountability.webhook;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.ashar.accountability.ledger.Lease;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.Selection;
import org.ashar.accountability.webhook.SigningKey.Kind;
import org.ashar.eventstore.Outcome;
import org.ashar.kernel.Actor;
import org.ashar.kernel.CommandMeta;
import org.jspecify.annotations.Nullable;

/** One process of the service, as far as webhooks go. */
final class Instance implements AutoCloseable {

    static final Selection ANY = Selection.ANY;
    static final WebhookSettings SETTINGS =
            new WebhookSettings(
                    true,
                    5,
                    50,
                    Duration.ofSeconds(2),
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(100),
                    Duration.ofMillis(1));

    private static final String SECRET = "a secret for tests, of no less than 32 bytes";
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final MongoClient client;
    private final Destinations destinations;
    private final Sender sender;
    private final Deliveries deliveries;
    private final SubscriptionStore store;
    private final Subscriptions subscriptions;
    private final AtomicReference<@Nullable Error> nextFault = new AtomicReference<>();
    private final List<Long> faultsOfLoops = new CopyOnWriteArrayList<>();
    private volatile boolean failsLoops;
    private int commands;

    Instance(String uri, String database, Ledger ledger, WebhookSettings settings, Clock clock) {
        this(uri, database, ledger, settings, clock, SECRET);
    }

    /**
     * @param secret the installation's
     */
    Instance(
            String uri,
            String database,
            Ledger ledger,
            WebhookSettings settings,
            Clock clock,
            String secret) {
        client =
                MongoClients.create(
                        MongoClientSettings.builder()
                                .applyConnectionString(new ConnectionString(uri))
                                .addCommandListener(faults())
                                .build());
        MongoDatabase own = client.getDatabase(database);
        store = new SubscriptionStore(own);
        store.createIndexes();
        destinations = new Destinations(InetAddress::getAllByName, settings.allowPrivate());
        sender =
                new Sender(
                        destinations, DefaultClientTlsStrategy.createDefault(), settings.within());
        Courier courier =
                new Courier(
                        destinations,
                        sender,
                        new SecretBox(secret),
                        clock,
                        new SimpleMeterRegistry());
        deliveries =
                new Deliveries(
                        store, ledger, courier, settings, new Lease(own, "webhooks", LEASE), LEASE);
        subscriptions =
                new Subscriptions(
                        store,
                        destinations,
                        courier,
                        ledger,
                        settings,
                        "/tests/accountability",
                        deliveries::look);
    }

    private CommandListener faults() {
        return new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                String thread = Thread.currentThread().getName();
                if (thread.equals("webhooks")) {
                    Error fault = nextFault.getAndSet(null);
                    if (fault != null) {
                        throw fault;
                    }
                } else if (failsLoops && thread.startsWith("webhook-")) {
                    faultsOfLoops.add(System.nanoTime());
                    throw new StackOverflowError("of a test");
                }
            }
        };
    }

    /** Lets the next thing fail that the thread does which keeps the deliveries. */
    void failNext(Error fault) {
        nextFault.set(fault);
    }

    /** Whether what {@link #failNext} asked for has come about. */
    boolean hasFailed() {
        return nextFault.get() == null;
    }

    /** From now on the store answers nothing to those who deliver. */
    void failLoops() {
        failsLoops = true;
    }

    /** When those who deliver had no answer, by {@link System#nanoTime}. */
    List<Long> faultsOfLoops() {
        return faultsOfLoops;
    }

    Instance start() {
        deliveries.start();
        return this;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** A command that nobody gave before. */
    CommandMeta command() {
        return command("command-" + System.identityHashCode(this) + "-" + commands++);
    }

    CommandMeta command(String id) {
        return commandOf(id, "watch");
    }

    CommandMeta commandOf(String id, String organisation) {
        return new CommandMeta(
                id,
                "fingerprint of " + id,
                new Actor("actor", "auditor", organisation),
                Clock.systemUTC().instant(),
                null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    /** Makes one, from the beginning of the log; its id. */
    String subscribe(String url, Selection selection, @Nullable Long from, Kind kind) {
        Outcome outcome =
                subscriptions.create(command(), new Subscriptions.Wish(url, selection, from, kind));
        if (outcome instanceof Outcome.Done done) {
            return done.stream().id();
        }
        throw new AssertionError(outcome);
    }

    String subscribe(String url) {
        return subscribe(url, ANY, 0L, Kind.HMAC);
    }

    Subscription read(String id) {
        return subscriptions.find(id).orElseThrow();
    }

    /** As it is seen by others when its process dies: its connections break, it says nothing. */
    void kill() {
        client.close();
        sender.close();
    }

    int running() {
        return deliveries.running();
    }

    @Override
    public void close() {
        deliveries.close();
        sender.close();
        destinations.close();
        client.close();
    }
}
