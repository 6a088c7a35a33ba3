package org.ashar.budgetcommitments.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.ashar.web.Query;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of this service, for programs. */
@RestController
final class OpenApiDocument {

    private static final String OPEN_API = "/openapi/budget-commitments.json";

    @GetMapping(OPEN_API)
    ResponseEntity<byte[]> openApi(Query query) {
        return query.valid(
                () -> {
                    try (InputStream file = OpenApiDocument.class.getResourceAsStream(OPEN_API)) {
                        if (file == null) {
                            throw new IllegalStateException(OPEN_API + " is not on the class path");
                        }
                        return ResponseEntity.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .body(file.readAllBytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException(OPEN_API, e);
                    }
                });
    }
}
