package org.ashar.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.ashar.embedded.journal.Trouble;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is wrong with the store inside this process, told with the readiness of each service on it:
 * a sentence each, for whoever runs Ashar, of what it is and what to do. A store that cannot write
 * makes them not ready; a damaged part of it does not, since they go on serving the rest.
 */
public final class StoreHealth implements HealthIndicator {
    /** By which readiness calls it; Spring leaves out what it ends with. */
    static final String BEAN = "storeHealthIndicator";

    /** Lets the readiness of an application include and tell it. */
    static final Map<String, String> SETTINGS =
            Map.of(
                    "management.endpoint.health.group.readiness.include",
                    "readinessState,store",
                    "management.endpoint.health.group.readiness.show-components",
                    "always",
                    "management.endpoint.health.group.readiness.show-details",
                    "always");

    private static final String TROUBLES = "troubles";

    private final Supplier<Set<Trouble>> troubles;

    StoreHealth(Supplier<Set<Trouble>> troubles) {
        this.troubles = troubles;
    }

    @Override
    public Health health() {
        Set<Trouble> met = troubles.get();
        Health.Builder health = met.contains(Trouble.STOPPED) ? Health.down() : Health.up();
        return met.isEmpty()
                ? health.build()
                : health.withDetail(TROUBLES, met.stream().map(StoreHealth::sentence).toList())
                        .build();
    }

    private static String sentence(Trouble trouble) {
        return switch (trouble) {
            case STOPPED ->
                    "The store cannot write: make room on its disk, then ./ashar stop and ./ashar up; what was acknowledged is kept.";
            case DAMAGED ->
                    "A part of the store is damaged and cannot be read (the log names the file): ./ashar stop, put a copy of the data folder in its place, ./ashar up.";
        };
    }

    /**
     * The sentences in an answer to {@code GET /actuator/health/readiness}; none where all is well.
     */
    public static List<String> troubles(String readiness) {
        List<String> sentences = new ArrayList<>();
        try {
            JsonNode told =
                    JsonMapper.shared()
                            .readTree(readiness)
                            .at("/components/store/details/" + TROUBLES);
            told.forEach(sentence -> sentences.add(sentence.asString()));
        } catch (JacksonException e) {
            // it is not one of ours that answers, and the status says what there is to say
            return List.of();
        }
        return sentences;
    }
}
