package org.ashar.web;

import com.mongodb.MongoException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.catalina.connector.ClientAbortException;
import org.ashar.eventstore.StoreUnavailableException;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Checked;
import org.ashar.kernel.CommandMeta;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.kernel.StreamId;
import org.ashar.security.DevelopmentIssuer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A small service with every kind of request. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({
    AsharHttpConfiguration.class,
    CommandConfiguration.class,
    ThingsApplication.Endpoints.class
})
class ThingsApplication {

    static final String SECRET = "a secret for tests, of no less than 32 bytes";

    @Bean
    Things things() {
        return new Things();
    }

    @Bean
    PlaceRegistry places() {
        return (scheme, code, on) -> {
            if (!scheme.equals("soate") || !code.equals("41706")) {
                return Checked.invalid("place.unknown");
            }
            return on.isBefore(LocalDate.of(2021, 1, 1))
                    ? Checked.invalid("place.not-valid-on-date", Map.of("date", on.toString()))
                    : Checked.valid(new PlaceRef(scheme, code, "Ош", on));
        };
    }

    static ConfigurableApplicationContext start(
            Class<?> source, Path keys, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.put("spring.main.banner-mode", "off");
        properties.put("ashar.issuer", DevelopmentIssuer.NAME);
        properties.put("ashar.jwks", DevelopmentIssuer.open(keys).jwks().toString());
        properties.put("ashar.secret", SECRET);
        properties.put("ashar.language", "en");
        properties.putAll(more);
        SpringApplication application = new SpringApplication(source);
        application.setDefaultProperties(properties);
        return application.run();
    }

    static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    record Thing(String id, long version) {}

    @RestController
    static final class Endpoints {

        static final int CAPACITY = 40;
        static final CountDownLatch INSIDE = new CountDownLatch(CAPACITY);
        static final CountDownLatch RELEASED = new CountDownLatch(1);

        private final Things things;
        private final Clock clock;

        Endpoints(Things things, Clock clock) {
            this.things = things;
            this.clock = clock;
        }

        @PostMapping("/api/things")
        ResponseEntity<Answers.Effect> create(CommandRequest request) {
            Fields f = request.body();
            var place = f.place("place");
            var title = f.multilingual("title", 30);
            var cost = f.moneyPositive("cost");
            var balance = f.optional("balance", Fields::money);
            var reserve = f.optional("reserve", Fields::moneyNotNegative);
            var days = f.period("days");
            var steps = f.list("steps", 1, 3, s -> List.of(s.text("name", 20), s.date("due")));
            var tags = f.optional("tags", (g, n) -> g.listOf(n, 0, 3, (e, i) -> e.text(i, 10)));
            var note = f.optional("note", (g, n) -> g.lines(n, 4_000));
            var every = f.optional("every", (g, n) -> g.oneOf(n, Frequency.class));
            var covers = f.optional("covers", Fields::reportingPeriod);
            var about = f.optional("about", Fields::classification);
            var proof = f.optional("proof", Fields::evidence);
            var link = f.optional("link", Fields::https);
            var urgent = f.optional("urgent", Fields::flag);
            var count = f.optional("count", (g, n) -> g.integer(n, 1, 9));
            var part = f.optional("part", (g, n) -> g.stream(n, "thing"));
            var mail = f.optional("mail", Fields::email);
            var phone = f.optional("phone", Fields::telephone);
            f.check(
                    "tags",
                    "text.noncharacter",
                    () -> tags.isEmpty() || !tags.get().contains("no"));
            List<Object> command =
                    f.valid(
                            () ->
                                    List.of(
                                            place, title, cost, balance, reserve, days, steps, tags,
                                            note, every, covers, about, proof, link, urgent, count,
                                            part, mail, phone));
            assert command.size() == 19;
            Actor actor = request.actingFor(place.key(), "officer", "head");
            return Answers.created(
                    things.create(request.newStream("thing"), request.meta(actor)), "/api/things");
        }

        @PostMapping("/api/things/{id}/touch")
        ResponseEntity<Answers.Effect> touch(@PathVariable String id, CommandRequest request) {
            Actor actor = request.actingAnywhere("officer");
            long expected = request.expectedVersion();
            return request.body()
                    .valid(
                            () ->
                                    Answers.of(
                                            things.update(
                                                    new StreamId("thing", id),
                                                    expected,
                                                    request.meta(actor))));
        }

        /** Shows what a command would be recorded with. */
        @PostMapping("/api/echo")
        CommandMeta echo(CommandRequest request) {
            return request.meta(request.actingAnywhere("officer"));
        }

        @GetMapping("/api/things")
        ResponseEntity<?> list(Query query) {
            Paging paging = query.paging();
            var kind = query.oneOf("kind", List.of("a", "b"));
            var from = query.date("from");
            return query.valid(
                    () -> {
                        List<String> ids =
                                IntStream.rangeClosed(1, 250)
                                        .mapToObj(i -> "%03d".formatted(i))
                                        .filter(
                                                id ->
                                                        paging.after() == null
                                                                || id.compareTo(paging.after()) > 0)
                                        .limit(paging.toFetch())
                                        .toList();
                        Page<String> page = Page.of(ids, paging, id -> id);
                        return Answers.page(
                                query,
                                page,
                                rows ->
                                        new Csv(
                                                List.of("id", "kind", "from"),
                                                rows.stream()
                                                        .map(
                                                                id ->
                                                                        List.of(
                                                                                id,
                                                                                kind.orElse("=1+1"),
                                                                                from.isPresent()
                                                                                        + ""))
                                                        .toList()),
                                "things.csv");
                    });
        }

        @GetMapping("/api/things/{id}")
        ResponseEntity<Thing> one(@PathVariable String id, Query query) {
            return query.valid(
                    () -> {
                        long version = things.version(new StreamId("thing", id));
                        return Answers.current(version, new Thing(id, version));
                    });
        }

        @GetMapping("/api/fault/{kind}")
        String fault(@PathVariable String kind) {
            return switch (kind) {
                case "bug" -> throw new IllegalStateException("password=hunter2");
                case "error" -> throw new StackOverflowError("password=hunter2");
                case "damage" ->
                        throw new StoreUnavailableException(
                                "password=hunter2", new MongoException(309, "password=hunter2"));
                case "shared-damage" ->
                        throw new StoreUnavailableException(
                                "shared",
                                new StoreUnavailableException(
                                        "password=hunter2",
                                        new MongoException(309, "password=hunter2")));
                case "store" -> throw new StoreUnavailableException("password=hunter2");
                default -> kind;
            };
        }

        /** Refuses as libraries do, without a problem. */
        @GetMapping("/api/sent-error")
        void sentError(HttpServletResponse response) throws IOException {
            response.sendError(403);
        }

        @GetMapping("/api/slow")
        Map<String, Boolean> slow() throws InterruptedException {
            INSIDE.countDown();
            return Map.of(
                    "released", RELEASED.await(20, TimeUnit.SECONDS), "now", clock.millis() > 0);
        }

        /** As when the reader hangs up while a document is written. */
        @GetMapping("/api/hang-up")
        Map<String, Boolean> hangUp() {
            if (clock.millis() > 0) {
                throw new HttpMessageNotWritableException("half", new ClientAbortException("gone"));
            }
            return Map.of();
        }

        @GetMapping("/internal/who")
        Actor who(Operator operator) {
            return operator.actor();
        }
    }
}
