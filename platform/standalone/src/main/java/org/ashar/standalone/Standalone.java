package org.ashar.standalone;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.ashar.security.DevelopmentIssuer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Everything in one process on one data folder: store, broker and services.
 *
 * <p>Guarantee: when {@link #start} answers, every service has said that it is ready; when {@link
 * #close} answers, the services have stopped before what they rest on, each within a time limit,
 * and the folder is free for the next process. A start that fails stops what it had started.
 */
public final class Standalone implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration SERVICE_STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration BACKING_STOP_LIMIT = Duration.ofSeconds(35);

    private final StandaloneSettings settings;
    private final Consumer<String> progress;
    private final Ports ports = new Ports(new Random());
    private final Map<String, Integer> servicePorts = new TreeMap<>();
    private final Map<String, RunningService> services = new ConcurrentHashMap<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Choice choice;
    private final DataFolder folder;
    private final Run run;
    private volatile @Nullable Store store;
    private volatile @Nullable Broker broker;

    private Standalone(
            StandaloneSettings settings,
            Consumer<String> progress,
            Choice choice,
            DataFolder folder) {
        this.settings = settings;
        this.progress = progress;
        this.choice = choice;
        this.folder = folder;
        int frontPort = settings.port() == 0 ? ports.free(settings.host()) : settings.port();
        servicePorts.put(settings.front().name(), frontPort);
        settings.services()
                .forEach(service -> servicePorts.put(service.name(), ports.free(LOOPBACK)));
        this.run = Run.ofThisProcess(address(settings.host(), frontPort));
    }

    /**
     * Starts everything and waits until it is ready. Throws {@link StandaloneException}, with a
     * message for whoever started it, where anything cannot start.
     *
     * @param progress hears of each step, in words
     */
    public static Standalone start(StandaloneSettings settings, Consumer<String> progress) {
        Optional<Format> before = DataFolder.formatOf(settings.data());
        Choice choice = Choice.of(settings.environment(), before, settings.clock());
        if (before.isEmpty()) {
            demandFreePort(settings); // no folder is made for a start that cannot be
        }
        DataFolder folder = DataFolder.open(settings.data(), choice::format);
        Logs.into(folder.logs());
        try {
            if (!folder.format().equals(choice.format())) {
                throw new StandaloneException(
                        settings.data() + " was made by another process just now; start again");
            }
            demandFreePort(settings);
            Standalone standalone = new Standalone(settings, progress, choice, folder);
            standalone.open();
            return standalone;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Throws {@link StandaloneException} where something else listens at the public door. */
    public static void demandFreePort(StandaloneSettings settings) {
        if (settings.port() != 0) {
            Ports.demandFree(settings.host(), settings.port());
        }
    }

    /** Where the public door is, such as {@code http://127.0.0.1:8080}. */
    public String address() {
        return run.address();
    }

    /** The port of each service by its name. */
    public Map<String, Integer> ports() {
        return Map.copyOf(servicePorts);
    }

    /** Where the store answers; may hold credentials. */
    public String storeUri() {
        return running(store).uri();
    }

    /** The broker. */
    public Broker broker() {
        return running(broker);
    }

    /** Stops everything in order; a second call does nothing. */
    @Override
    public void close() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        attempt(() -> folder.announce(run.with(Run.State.STOPPING, servicePorts)));
        RunningService front = services.remove(settings.front().name());
        if (front != null) {
            within(SERVICE_STOP_LIMIT, Map.of(settings.front().name(), front::stop));
        }
        Map<String, Runnable> stops = new TreeMap<>();
        services.forEach((name, service) -> stops.put(name, service::stop));
        within(SERVICE_STOP_LIMIT, stops);
        Broker runningBroker = broker;
        if (runningBroker != null) {
            within(BACKING_STOP_LIMIT, Map.of("broker", runningBroker::stop));
        }
        Store runningStore = store;
        if (runningStore != null) {
            within(BACKING_STOP_LIMIT, Map.of("store", runningStore::stop));
        }
        attempt(folder::close);
    }

    private void open() {
        // Contexts that start at once must not each set up the one logging of this process.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        try {
            // A key or a secret that cannot be used is told before anything is started on it.
            Map<String, String> identity = identity();
            folder.announce(run);
            Together.run(
                    START_LIMIT, Map.of("store", this::startStore, "broker", this::startBroker));
            Store startedStore = running(store);
            Optional<StoreHealth> health = startedStore.health();
            Map<String, String> common = commonArguments(startedStore, running(broker));
            common.putAll(identity);
            Map<String, Runnable> starts = new LinkedHashMap<>();
            settings.services()
                    .forEach(
                            s ->
                                    starts.put(
                                            s.name(),
                                            () -> startService(s, LOOPBACK, common, health)));
            ServiceDefinition front = settings.front();
            starts.put(
                    front.name(),
                    () -> startService(front, settings.host(), common, Optional.empty()));
            Together.run(START_LIMIT, starts);
            folder.announce(run.with(Run.State.READY, servicePorts));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startStore() {
        long began = System.nanoTime();
        Store started = Store.start(choice, folder, settings.environment(), ports);
        store = started;
        report("store", started.description(), began);
    }

    private void startBroker() {
        long began = System.nanoTime();
        Broker started = Broker.start(choice, folder, settings.environment());
        broker = started;
        report("broker", started.description(), began);
    }

    private void startService(
            ServiceDefinition service,
            String host,
            Map<String, String> common,
            Optional<StoreHealth> health) {
        long began = System.nanoTime();
        int port = servicePorts.getOrDefault(service.name(), 0);
        Map<String, String> arguments = new TreeMap<>(common);
        health.ifPresent(_ -> arguments.putAll(StoreHealth.SETTINGS));
        arguments.put("spring.config.name", service.name());
        arguments.put("spring.application.name", service.name());
        arguments.put("server.address", host);
        arguments.put("server.port", Integer.toString(port));
        services.put(service.name(), RunningService.start(service, arguments, health));
        RunningService.awaitReady(service.name(), address(host, port), START_LIMIT);
        report(service.name(), "ready", began);
    }

    private Map<String, String> commonArguments(Store startedStore, Broker startedBroker) {
        Map<String, String> arguments = new TreeMap<>();
        arguments.put("server.shutdown", "graceful");
        arguments.put("spring.lifecycle.timeout-per-shutdown-phase", "8s");
        arguments.put("ashar.installation", folder.format().installation());
        arguments.put("ashar.mongodb.uri", startedStore.uri());
        arguments.put("ashar.kafka.bootstrap", startedBroker.bootstrap());
        if (startedBroker instanceof Broker.Inside) {
            // One copy alone holds the events: each must be on disk before the broker acknowledges
            // it.
            arguments.put("ashar.kafka.topic.flush.messages", "1");
            // Nobody else uses this broker: views need not wait until a killed process is
            // forgotten.
            arguments.put("ashar.instance", "standalone");
        }
        arguments.put(
                "ashar.ledger.local-origin",
                "localhost:" + servicePorts.getOrDefault(settings.front().name(), 0) + "/ledger");
        passOn("ASHAR_LEDGER_ORIGIN", "ashar.ledger.origin", arguments);
        passOn("ASHAR_ZONE", "ashar.zone", arguments);
        passOn("ASHAR_PUBLIC_URL", "ashar.public-url", arguments);
        passOn("ASHAR_LEDGER_SUCCEEDS", "ashar.ledger.succeeds", arguments);
        passOn("ASHAR_LEDGER_WITNESSES", "ashar.ledger.witnesses", arguments);
        passOn("ASHAR_LEDGER_QUORUM", "ashar.ledger.quorum", arguments);
        settings.services()
                .forEach(
                        service ->
                                arguments.put(
                                        "ashar.services." + service.name(),
                                        address(
                                                LOOPBACK,
                                                servicePorts.getOrDefault(service.name(), 0))));
        return arguments;
    }

    private void passOn(String variable, String setting, Map<String, String> arguments) {
        String value = settings.environment().get(variable);
        if (value != null) {
            arguments.put(setting, value);
        }
    }

    /** By what this installation knows people: its secret, and whose tokens it believes. */
    private Map<String, String> identity() {
        Map<String, String> environment = settings.environment();
        Map<String, String> arguments = new TreeMap<>();
        String issuer = environment.get("ASHAR_ISSUER");
        String jwks = environment.get("ASHAR_JWKS");
        if (issuer == null) {
            DevelopmentIssuer development = DevelopmentIssuer.open(folder.keys());
            arguments.put("ashar.issuer", DevelopmentIssuer.NAME);
            arguments.put("ashar.jwks", development.jwks().toString());
        } else if (jwks == null) {
            throw new StandaloneException(
                    "ASHAR_ISSUER is set: set ASHAR_JWKS to the address of that issuer's keys too");
        } else {
            arguments.put("ashar.issuer", issuer);
            arguments.put("ashar.jwks", jwks);
        }
        arguments.put("ashar.secret", environment.getOrDefault("ASHAR_SECRET", folder.secret()));
        arguments.put("ashar.ledger.seed", ledgerSeed());
        return arguments;
    }

    /** A message never repeats it: it is secret. */
    private String ledgerSeed() {
        String seed = settings.environment().get("ASHAR_LEDGER_SEED");
        if (seed != null && !seed.matches("[0-9a-fA-F]{64}")) {
            throw new StandaloneException(
                    "ASHAR_LEDGER_SEED is to be 64 hexadecimal digits, which it is not");
        }
        return seed == null ? folder.ledgerSeed() : seed;
    }

    private void report(String name, String what, long began) {
        double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
        progress.accept(String.format(Locale.ROOT, "  %-20s %s (%.1f s)", name, what, seconds));
    }

    private static void within(Duration limit, Map<String, Runnable> stops) {
        attempt(() -> Together.run(limit, stops));
    }

    /** What cannot be stopped as it should is said, and does not keep the rest from stopping. */
    private static void attempt(Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Standalone.class).error("could not be stopped as it should", e);
        }
    }

    private static <T> T running(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    private static String address(String host, int port) {
        String name =
                switch (host) {
                    case "0.0.0.0", "::" -> "localhost";
                    default -> host.contains(":") ? "[" + host + "]" : host;
                };
        return URI.create("http://" + name + ":" + port).toString();
    }
}
