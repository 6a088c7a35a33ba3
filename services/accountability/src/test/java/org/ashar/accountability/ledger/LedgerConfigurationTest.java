package org.ashar.accountability.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerConfigurationTest {

    /** Who publishes has a contract of its events; the events of one left out are in no log. */
    @Test
    void every_service_that_publishes_is_logged() throws IOException {
        List<Path> modules;
        try (Stream<Path> beside = Files.list(Path.of(".."))) {
            modules = beside.toList();
        }
        Set<String> publishing = new TreeSet<>();
        for (Path module : modules) {
            Path contracts = module.resolve("src/main/resources/contracts");
            if (Files.isDirectory(contracts)) {
                try (Stream<Path> found =
                        Files.find(contracts, 2, (path, _) -> path.endsWith("asyncapi.yaml"))) {
                    found.map(contracts::relativize)
                            .forEach(path -> publishing.add(path.getName(0).toString()));
                }
            }
        }
        assertThat(LedgerConfiguration.SERVICES).containsExactlyInAnyOrderElementsOf(publishing);
    }
}
