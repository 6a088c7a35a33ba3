package org.ashar.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.ashar.app.demo.Step.IdOf;
import org.ashar.app.demo.Step.StreamOf;
import org.ashar.app.demo.Step.Subject;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.Grant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives the commands of stories to a running instance, through its public door alone.
 *
 * <p>Guarantee: loading again, after an end or a kill, changes nothing that is there and adds what
 * is missing, since every step has an Idempotency-Key of its own.
 */
final class Loader {
    private static final int AT_ONCE = 12;
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(15);
    private static final Duration STEP_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOAD_LIMIT = Duration.ofMinutes(20);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI address;
    private final DevelopmentIssuer issuer;
    private final Clock clock;

    /** What the service keeps of a subject, as far as it was told. */
    private record Kept(String id, String etag) {}

    Loader(URI address, DevelopmentIssuer issuer, Clock clock) {
        this.address = address;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Whether all of {@code stories} were loaded before: the one whose promise is withdrawn is
     * always told last, and its withdrawal is there.
     */
    boolean isLoaded(List<Story> stories) {
        String places =
                stories.stream()
                        .filter(Loader::isLast)
                        .map(Story::place)
                        .collect(Collectors.joining());
        HttpRequest request =
                HttpRequest.newBuilder(
                                address.resolve("/api/commitments?state=withdrawn&place=" + places))
                        .timeout(REQUEST_LIMIT)
                        .build();
        try (HttpClient client = client()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
            return answer.statusCode() == 200
                    && !JSON.readTree(answer.body()).path("items").isEmpty();
        } catch (IOException | JacksonException e) {
            throw new LoadException("the demonstration cannot be asked for: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", e);
        }
    }

    private static boolean isLast(Story story) {
        return story.fate().filter(fate -> fate == Fate.WITHDRAWN).isPresent();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(REQUEST_LIMIT)
                .build();
    }

    /**
     * Gives every command of {@code stories}, several stories at once.
     *
     * @param progress hears how many commands of how many are given, now and then
     */
    void load(List<Story> stories, BiConsumer<Integer, Integer> progress) {
        int all = stories.stream().mapToInt(story -> story.steps().size()).sum();
        AtomicInteger given = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean();
        try (HttpClient client = client();
                ExecutorService tellers =
                        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (boolean last : List.of(false, true)) {
                List<Future<?>> tellings = new ArrayList<>();
                for (Story story : stories) {
                    if (isLast(story) == last) {
                        tellings.add(
                                tellers.submit(
                                        () -> tell(client, story, broken, given, all, progress)));
                    }
                }
                await(tellings);
            }
        }
    }

    private static void await(List<Future<?>> tellings) {
        long end = System.nanoTime() + LOAD_LIMIT.toNanos();
        try {
            for (Future<?> telling : tellings) {
                telling.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LoadException known) {
                throw known;
            }
            throw new LoadException("the demonstration broke off: " + e.getCause(), e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new LoadException("the demonstration took longer than " + LOAD_LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", e);
        }
    }

    private void tell(
            HttpClient client,
            Story story,
            AtomicBoolean broken,
            AtomicInteger given,
            int all,
            BiConsumer<Integer, Integer> progress) {
        Map<Subject, Kept> kept = new HashMap<>();
        try {
            for (Step step : story.steps()) {
                if (broken.get()) {
                    return;
                }
                kept.put(step.subject(), give(client, step, kept));
                progress.accept(given.incrementAndGet(), all);
            }
        } catch (RuntimeException e) {
            broken.set(true);
            throw e;
        }
    }

    private Kept give(HttpClient client, Step step, Map<Subject, Kept> kept) {
        long end = System.nanoTime() + STEP_LIMIT.toNanos();
        String last = "no answer";
        while (System.nanoTime() - end < 0) {
            Duration pause = Duration.ofMillis(100);
            try {
                HttpResponse<String> answer =
                        client.send(request(step, kept), HttpResponse.BodyHandlers.ofString(UTF_8));
                if (answer.statusCode() == 200 || answer.statusCode() == 201) {
                    return new Kept(
                            JSON.readTree(answer.body()).path("id").stringValue(),
                            answer.headers().firstValue("ETag").orElse(""));
                }
                last = answer.statusCode() + " " + answer.body();
                if (!passes(answer)) {
                    break;
                }
                pause =
                        answer.headers()
                                .firstValue("Retry-After")
                                .filter(text -> text.matches("[0-9]{1,3}"))
                                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                                .orElse(pause);
            } catch (IOException | JacksonException e) {
                last = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LoadException("interrupted at " + step.key(), e);
            }
            LockSupport.parkNanos(pause.toNanos());
        }
        throw new LoadException("the demonstration broke off at " + step.key() + ": " + last, null);
    }

    /** Whether it is worth asking again: too much at once, or one service is behind another. */
    private static boolean passes(HttpResponse<String> answer) {
        if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
            return true;
        }
        JsonNode code = JSON.readTree(answer.body()).path("code");
        return code.isString() && code.stringValue().equals("report.subject-unknown");
    }

    private HttpRequest request(Step step, Map<Subject, Kept> kept) {
        String collection = step.subject().kind().collection();
        Kept known = kept.get(step.subject());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                address.resolve(
                                        known == null
                                                ? collection
                                                : collection
                                                        + "/"
                                                        + known.id()
                                                        + "/"
                                                        + step.action()))
                        .timeout(REQUEST_LIMIT)
                        .header("Authorization", "Bearer " + token(step))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", step.key())
                        .POST(HttpRequest.BodyPublishers.ofString(body(step, kept), UTF_8));
        if (known != null) {
            request.header("If-Match", known.etag());
        }
        return request.build();
    }

    private static String body(Step step, Map<Subject, Kept> kept) {
        Map<String, Object> body = new LinkedHashMap<>(step.body());
        body.replaceAll(
                (_, value) ->
                        switch (value) {
                            case IdOf(Subject subject) -> known(kept, subject).id();
                            case StreamOf(Subject subject) ->
                                    subject.kind().stream() + "/" + known(kept, subject).id();
                            default -> value;
                        });
        return JSON.writeValueAsString(body);
    }

    private static Kept known(Map<Subject, Kept> kept, Subject subject) {
        Kept known = kept.get(subject);
        if (known == null) {
            throw new IllegalStateException("a story speaks of what is not there: " + subject);
        }
        return known;
    }

    private String token(Step step) {
        Step.Who who = step.who();
        return issuer.issue(
                new DevelopmentIssuer.Wish(
                        who.subject(),
                        List.of(Grant.forPlace(who.role(), who.organisation(), who.place())),
                        TOKEN_LIFE,
                        step.at()),
                clock.instant());
    }
}
