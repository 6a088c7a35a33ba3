package org.ashar.portal.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.json.AsharJson;
import org.ashar.kernel.MultilingualText;
import org.ashar.portal.gateway.RoutedService;
import org.ashar.portal.gateway.RoutedServices;
import org.ashar.portal.publicrecord.Entries;
import org.ashar.tlog.NoteKey;
import org.ashar.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks for the ledger, through the same guarded calls as everybody. */
@Component
public final class LedgerClient {

    /** Where programs find the receipts of events. */
    public static final String EVENTS = "/api/ledger/events/";

    /** Where programs find the bytes of entries. */
    public static final String ENTRIES = "/api/ledger/entries";

    /** Where programs find what auditors found. */
    public static final String FINDINGS = "/api/findings";

    private static final String FINDINGS_AT_ONCE = "50";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerClient.class);
    private static final JsonMapper JSON = AsharJson.lenient();
    private static final String ANYTHING = "*/*";

    /** An entry of the log. */
    public record Entry(long index, String entry) {}

    /**
     * Where an event is.
     *
     * @param entry what is hashed: the event in canonical JSON
     */
    public record Receipt(String event, long index, String entry) {}

    /**
     * What shows an event to be in the log, as it was answered.
     *
     * @param path hashes from the leaf upwards, in base64
     * @param checkpoint a signed note
     */
    public record Inclusion(long index, List<String> path, String checkpoint) {

        public Inclusion {
            path = List.copyOf(path);
        }
    }

    /**
     * A log that the present one goes on from.
     *
     * @param size how many entries of it are the first ones of the present log
     * @param address under which it is served
     */
    public record Succeeded(String origin, String vkey, long size, String address) {}

    /**
     * What an auditor found, and where it stands today.
     *
     * @param due the last day for what the audited side owes next
     * @param daysLate for how many days that has been owed too long
     */
    public record Finding(
            String id,
            String state,
            String auditor,
            MultilingualText title,
            String severity,
            LocalDate openedOn,
            @Nullable LocalDate due,
            long daysLate) {}

    private final RoutedService service;

    LedgerClient(RoutedServices services) {
        service =
                services.named("accountability")
                        .orElseThrow(() -> new IllegalStateException("nobody keeps the ledger"));
    }

    /** The newest checkpoint that enough witnesses cosigned; empty where there is none. */
    public Optional<ServedCheckpoint> checkpoint() {
        return checkpoint("/ledger/checkpoint");
    }

    /** The newest checkpoint of all; empty before the first entry. */
    public Optional<ServedCheckpoint> latestCheckpoint() {
        return checkpoint("/ledger/checkpoint.latest");
    }

    private Optional<ServedCheckpoint> checkpoint(String path) {
        return body(path, Map.of(), ANYTHING).map(note -> ServedCheckpoint.parse(note).orThrow());
    }

    /** The key that the log says is its own. */
    public NoteKey key() {
        return body("/ledger/key", Map.of(), ANYTHING)
                .map(line -> NoteKey.parse(new String(line, UTF_8).strip()).orThrow())
                .orElseThrow(() -> new IllegalStateException("the ledger has no key"));
    }

    /** The logs that the present one goes on from, the first one first. */
    public List<Succeeded> succeeded() {
        return this.<List<Succeeded>>read("/ledger/logs", Map.of(), new TypeReference<>() {})
                .orElseThrow(() -> new IllegalStateException("the ledger lists no logs"));
    }

    /** The newest entries of those that the parameters select. */
    public Entries<Entry> newest(Map<String, String> parameters) {
        return this.<Entries<Entry>>read(ENTRIES, parameters, new TypeReference<>() {})
                .orElseThrow(() -> new IllegalStateException("the ledger lists no entries"));
    }

    /** Findings on a commitment, by its id, in no order that says anything. */
    public Entries<Finding> findings(String commitment) {
        try {
            return this.<Entries<Finding>>read(
                            FINDINGS,
                            Map.of("commitment", commitment, "limit", FINDINGS_AT_ONCE),
                            new TypeReference<>() {})
                    .orElseThrow(service::busy);
        } catch (IllegalStateException | JacksonException e) {
            LOG.warn("Findings were answered in another way than is known", e);
            throw service.busy();
        }
    }

    /** The 503 where the ledger takes too long to look through what is needed whole. */
    public ProblemException busy() {
        return service.busy();
    }

    /** Where an event is; empty where the log does not have it. */
    public Optional<Receipt> receipt(String event) {
        return read(EVENTS + event, Map.of(), new TypeReference<>() {});
    }

    /** What shows it; empty where no checkpoint that is served covers it. */
    public Optional<Inclusion> inclusion(String event) {
        return read(EVENTS + event + "/proof", Map.of(), new TypeReference<>() {});
    }

    private <T> Optional<T> read(
            String path, Map<String, String> parameters, TypeReference<T> type) {
        return body(path, parameters, "application/json").map(body -> JSON.readValue(body, type));
    }

    private Optional<byte[]> body(String path, Map<String, String> parameters, String mediaType) {
        HttpResponse<byte[]> answer = service.ask(path, parameters, mediaType);
        return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    }
}
