package org.ashar.budgetcommitments.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.ashar.web.Query;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What this service promises to machines: its API and its events. */
@RestController
final class Documents {

    private static final String CONTRACTS = "/contracts/budget-commitments/";
    private static final Pattern EVENT =
            Pattern.compile("[a-z-]{1,60}\\.v[0-9]{1,3}\\.(schema|example)\\.json");
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    @GetMapping("/openapi/budget-commitments.json")
    ResponseEntity<byte[]> openApi(Query query) {
        return query.valid(
                () -> document("/openapi/budget-commitments.json", MediaType.APPLICATION_JSON));
    }

    @GetMapping(CONTRACTS + "asyncapi.yaml")
    ResponseEntity<byte[]> asyncApi(Query query) {
        return query.valid(() -> document(CONTRACTS + "asyncapi.yaml", YAML));
    }

    @GetMapping(CONTRACTS + "{event}")
    ResponseEntity<byte[]> event(@PathVariable String event, Query query) {
        return query.valid(
                () -> {
                    if (!EVENT.matcher(event).matches()) {
                        throw Ids.notFound("request.no-such-path");
                    }
                    return document(CONTRACTS + event, MediaType.APPLICATION_JSON);
                });
    }

    private static ResponseEntity<byte[]> document(String path, MediaType type) {
        try (InputStream file = Documents.class.getResourceAsStream(path)) {
            if (file == null) {
                throw Ids.notFound("request.no-such-path");
            }
            return ResponseEntity.ok().contentType(type).body(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
