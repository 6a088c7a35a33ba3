package org.ashar.standalone;

import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A small service: ready at once, and it tells what it was given. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class LampApplication {
    @Value("${spring.application.name}")
    private String name = "";

    @Value("${ashar.installation}")
    private String installation = "";

    @Value("${ashar.mongodb.uri}")
    private String store = "";

    @Value("${ashar.kafka.bootstrap}")
    private String broker = "";

    @Value("${ashar.issuer}")
    private String issuer = "";

    @Value("${ashar.jwks}")
    private String jwks = "";

    @Value("${ashar.services.lamp}")
    private String lamp = "";

    @Value("${ashar.public-url:}")
    private String publicUrl = "";

    @Value("${ashar.ledger.seed}")
    private String ledgerSeed = "";

    @GetMapping("/settings")
    Map<String, String> settings() {
        return Map.of(
                "name", name,
                "installation", installation,
                "store", store,
                "broker", broker,
                "issuer", issuer,
                "jwks", jwks,
                "lamp", lamp,
                "publicUrl", publicUrl,
                "ledgerSeed", ledgerSeed);
    }
}
