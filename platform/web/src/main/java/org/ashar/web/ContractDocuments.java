package org.ashar.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The published language of a service, as {@code contracts/<service>/} on its class path has it:
 * {@code asyncapi.yaml}, and schema and example of every type of event.
 */
@RestController
final class ContractDocuments {

    private static final Pattern SERVICE = Pattern.compile("[a-z-]{1,60}");
    private static final Pattern EVENT =
            Pattern.compile("[a-z-]{1,95}\\.v[0-9]{1,3}\\.(schema|example)\\.json");
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    @GetMapping("/contracts/{service}/{file}")
    ResponseEntity<byte[]> document(
            @PathVariable String service, @PathVariable String file, Query query) {
        return query.valid(
                () -> {
                    boolean api = file.equals("asyncapi.yaml");
                    if (!SERVICE.matcher(service).matches()
                            || !api && !EVENT.matcher(file).matches()) {
                        throw absent();
                    }
                    return ResponseEntity.ok()
                            .contentType(api ? YAML : MediaType.APPLICATION_JSON)
                            .body(read("/contracts/" + service + "/" + file));
                });
    }

    private static byte[] read(String path) {
        try (InputStream file = ContractDocuments.class.getResourceAsStream(path)) {
            if (file == null) {
                throw absent();
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private static ProblemException absent() {
        return new ProblemException(Problem.of(404, "request.no-such-path"));
    }
}
