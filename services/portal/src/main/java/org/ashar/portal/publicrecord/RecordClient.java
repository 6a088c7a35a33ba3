package org.ashar.portal.publicrecord;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ashar.json.AsharJson;
import org.ashar.portal.gateway.RoutedService;
import org.ashar.portal.gateway.RoutedServices;
import org.ashar.portal.publicrecord.CommitmentRecord.HistoryItem;
import org.ashar.portal.publicrecord.CommitmentRecord.SpendingItem;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks for the public record, through the same guarded calls as everybody. What the record says
 * beyond what pages show is passed over, so that it may grow.
 */
@Component
public final class RecordClient {

    private static final JsonMapper JSON =
            AsharJson.lenient()
                    .rebuild()
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private static final String COMMITMENTS = "/api/record/commitments/";

    private final RoutedService service;

    RecordClient(RoutedServices services) {
        service =
                services.named("progress-reports")
                        .orElseThrow(
                                () -> new IllegalStateException("nobody keeps the public record"));
    }

    /** The record of a published commitment. */
    public Optional<CommitmentRecord> commitment(String id) {
        return ask(COMMITMENTS + id, Map.of(), new TypeReference<>() {});
    }

    /** One page of its spending. */
    public Optional<Entries<SpendingItem>> spending(String id, String after, int limit) {
        return ask(
                COMMITMENTS + id + "/spending",
                Map.of("after", after, "limit", Integer.toString(limit)),
                new TypeReference<>() {});
    }

    /** One page of its history. */
    public Optional<Entries<HistoryItem>> history(String id, String after, int limit) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("limit", Integer.toString(limit));
        if (!after.isEmpty()) {
            parameters.put("after", after);
        }
        return ask(COMMITMENTS + id + "/history", parameters, new TypeReference<>() {});
    }

    /** The record of a place, with those of its commitments that the parameters select. */
    public Optional<PlaceRecord> place(String scheme, String code, Map<String, String> parameters) {
        return ask(placePath(scheme, code), parameters, new TypeReference<>() {});
    }

    /** Where a place's record is found by programs. */
    public static String placePath(String scheme, String code) {
        return "/api/record/places/" + scheme + "/" + code;
    }

    /** Where a commitment's record is found by programs. */
    public static String commitmentPath(String id) {
        return COMMITMENTS + id;
    }

    private <T> Optional<T> ask(
            String path, Map<String, String> parameters, TypeReference<T> type) {
        HttpResponse<byte[]> answer = service.ask(path, parameters, "application/json");
        return answer.statusCode() == 200
                ? Optional.of(JSON.readValue(answer.body(), type))
                : nothing(answer.body());
    }

    /** Nothing is known of it, or only that something about it could not be read. */
    private static <T> Optional<T> nothing(byte[] problem) {
        String code = JSON.readTree(problem).path("code").asString("");
        if (code.equals("record.incomplete")) {
            throw new ProblemException(Problem.of(404, "portal.incomplete-commitment"));
        }
        return Optional.empty();
    }
}
