package org.ashar.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ashar.eventstore.PublishedEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds commits, topics and public record against the clients' own log. */
final class Oracle {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REPEATED = 300;

    private final List<Attempt> answered;

    Oracle(List<Attempt> log) {
        this.answered = log.stream().filter(Attempt::isAnswered).toList();
    }

    /**
     * Fails with the first thing that is lost, doubled or out of order; answers all that was
     * published.
     */
    List<PublishedEvent> judge(Path store, Path kafka, Door door)
            throws IOException, InterruptedException {
        String uri = "mongodb://127.0.0.1:" + port(store) + "/?directConnection=true";
        String bootstrap = "127.0.0.1:" + port(kafka);
        Kept promises = Kept.of("budget-commitments", uri);
        promises.holds(answered.stream().filter(a -> !isReport(a)).toList());
        promises.reachesTheTopic(bootstrap);
        Kept reports = Kept.of("progress-reports", uri);
        reports.holds(answered.stream().filter(Oracle::isReport).toList());
        reports.reachesTheTopic(bootstrap);
        draftsStayPrivate(promises, reports);
        theRecordSaysWhatTheClientsDid(door);
        return Stream.of(promises, reports).flatMap(kept -> kept.published().stream()).toList();
    }

    /**
     * The same key again is answered alike, byte for byte, though its If-Match is stale by now; the
     * same key with another body is refused.
     */
    void repeatSome(Door door, Random random) throws IOException, InterruptedException {
        for (int i = 0; i < REPEATED; i++) {
            Attempt attempt = answered.get(random.nextInt(answered.size()));
            assertThat(door.patient(attempt, PATIENCE))
                    .as("%s", attempt)
                    .isEqualTo(attempt.known());
            if (attempt.saysItsKey()) {
                String words = Attempt.words(attempt.key());
                Answer refused =
                        door.patient(
                                attempt.withBody(attempt.body().replace(words, "changed")),
                                PATIENCE);
                assertThat(refused.status()).as("%s", refused).isEqualTo(422);
                assertThat(refused.code()).isEqualTo("request.key-reused");
            }
        }
    }

    private static boolean isReport(Attempt attempt) {
        return attempt.deed().streamType.equals("progress-report");
    }

    private static String port(Path folder) throws IOException {
        return Files.readString(folder.resolve("port")).strip();
    }

    private Stream<Attempt> done(Deed deed) {
        return answered.stream().filter(attempt -> attempt.deed() == deed);
    }

    private void draftsStayPrivate(Kept promises, Kept reports) {
        Set<String> told =
                Stream.concat(done(Deed.PUBLISH), done(Deed.TELL))
                        .map(Attempt::stream)
                        .collect(Collectors.toSet());
        Stream.concat(done(Deed.DRAFT), done(Deed.REPORT))
                .forEach(
                        draft ->
                                assertThat(
                                                (isReport(draft) ? reports : promises)
                                                        .hasPublished(draft.stream()))
                                        .as("%s", draft)
                                        .isEqualTo(told.contains(draft.stream())));
    }

    /** By content: title, amendments, milestones, every single spending and every report, once. */
    private void theRecordSaysWhatTheClientsDid(Door door) {
        Map<String, Set<String>> said = new HashMap<>();
        Map<String, String> commitmentOf = new HashMap<>();
        done(Deed.PUBLISH).forEach(a -> said.put(a.known().id(), new HashSet<>()));
        Stream.of(Deed.PROPOSE, Deed.REPORT)
                .flatMap(this::done)
                .forEach(a -> commitmentOf.put(a.known().id(), commitmentIn(a)));
        done(Deed.DRAFT).forEach(a -> note(said, a.known().id(), "title", a, "/title"));
        done(Deed.AMEND).forEach(a -> note(said, a.known().id(), "amended", a, "/rationale"));
        done(Deed.ASSESS).forEach(a -> note(said, a.known().id(), "m1 not-met", a, ""));
        done(Deed.SPEND)
                .forEach(
                        a ->
                                note(
                                        said,
                                        commitmentOf.getOrDefault(a.known().id(), ""),
                                        "spent " + amount(body(a).at("/amount/amount")),
                                        a,
                                        "/description"));
        Map<String, Attempt> narratives =
                done(Deed.REPORT).collect(Collectors.toMap(a -> a.known().id(), a -> a));
        done(Deed.TELL)
                .map(told -> narratives.get(told.known().id()))
                .forEach(a -> note(said, commitmentIn(a), "reported", a, "/narrative"));
        said.forEach(
                (commitment, words) ->
                        await("record of " + commitment)
                                .atMost(PATIENCE)
                                .pollDelay(Duration.ZERO)
                                .pollInterval(Duration.ofMillis(100))
                                .ignoreExceptionsInstanceOf(IOException.class)
                                .untilAsserted(
                                        () ->
                                                assertThat(shown(door, commitment))
                                                        .containsExactlyInAnyOrderElementsOf(
                                                                words)));
    }

    private static void note(
            Map<String, Set<String>> said, String commitment, String what, Attempt by, String at) {
        Set<String> words = said.get(commitment);
        if (words != null) {
            words.add(at.isEmpty() ? what : what + " " + english(body(by).at(at)));
        }
    }

    private static List<String> shown(Door door, String commitment)
            throws IOException, InterruptedException {
        JsonNode record = door.read("/api/record/commitments/" + commitment);
        assertThat(record.at("/money/spending/next").asString("")).isEmpty();
        return Stream.of(
                        Stream.of("title " + english(record.at("/commitment/title"))),
                        items(record.at("/amendments"))
                                .map(a -> "amended " + english(a.at("/entry/text"))),
                        items(record.at("/milestones"))
                                .filter(m -> !m.at("/status").asString().equals("scheduled"))
                                .map(
                                        m ->
                                                m.at("/id").asString()
                                                        + " "
                                                        + m.at("/status").asString()),
                        items(record.at("/money/spending/items"))
                                .map(
                                        s ->
                                                "spent "
                                                        + amount(s.at("/entry/amount/amount"))
                                                        + " "
                                                        + english(s.at("/entry/description"))),
                        items(record.at("/reports/published/items"))
                                .flatMap(report -> items(report.at("/versions")))
                                .map(v -> "reported " + english(v.at("/version/narrative"))))
                .flatMap(lines -> lines)
                .toList();
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static String english(JsonNode text) {
        return text.at("/texts/en/value").asString();
    }

    private static BigDecimal amount(JsonNode amount) {
        return new BigDecimal(amount.asString());
    }

    private static JsonNode body(Attempt attempt) {
        return JsonMapper.shared().readTree(attempt.body());
    }

    private static String commitmentIn(Attempt attempt) {
        String named = body(attempt).path("commitment").asString();
        return named.substring(named.indexOf('/') + 1);
    }
}
