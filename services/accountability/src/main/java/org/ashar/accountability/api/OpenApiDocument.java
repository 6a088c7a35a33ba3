package org.ashar.accountability.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of this service, for programs. */
@RestController
final class OpenApiDocument {

    private static final String PATH = "/contracts/accountability/openapi.yaml";
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    private final byte[] document = read();

    @GetMapping("/api/ledger/openapi.yaml")
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(YAML).body(document);
    }

    private static byte[] read() {
        try (InputStream file = OpenApiDocument.class.getResourceAsStream(PATH)) {
            if (file == null) {
                throw new IllegalStateException(PATH + " is not on the class path");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
