package org.ashar.progressreports.readmodel.record;

import static org.ashar.progressreports.readmodel.record.Town.milestone;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ashar.json.AsharJson;
import org.ashar.progressreports.contract.consumed.CommitmentNews.Outcome;
import org.junit.jupiter.api.Test;

/** The two documents of the public record, as readers see them. */
class RecordDocumentsTest {

    private static final Path EXAMPLES =
            Path.of("src/main/resources/contracts/progress-reports/documents");

    @Test
    void a_commitments_record_is_written_as_its_example_says() throws IOException {
        Town town =
                new Town("water")
                        .on("2025-01-15")
                        .published(milestone("m1", "2025-04-30"), milestone("m2", "2025-10-31"))
                        .on("2025-02-01")
                        .started()
                        .on("2025-05-12")
                        .amended(
                                "2025-12-31",
                                milestone("m1", "2025-06-30"),
                                milestone("m2", "2025-10-31"))
                        .on("2025-06-20")
                        .assessed("m1", Outcome.MET)
                        .on("2025-07-20")
                        .reported("2025-Q2", "Түтүктүн төрт чакырымы тартылды.")
                        .corrected("2025-Q2", 1, "Түтүктүн үч жарым чакырымы тартылды.");
        town.purse("pipes", "KGS")
                .proposed(100_000_00)
                .approved()
                .adjusted(120_000_00)
                .committed()
                .spent(130_000_00)
                .spent(-5_000_00);
        town.on("2025-11-10").reportedComplete().disputed();
        check("commitment-record.json", town.record("2025-12-01"));
    }

    @Test
    void a_places_record_is_written_as_its_example_says() throws IOException {
        check("place-record.json", PlaceRecordTest.record(PlaceRecordTest.towns()));
    }

    private static void check(String name, Object document) throws IOException {
        assertThat(AsharJson.strict().readTree(AsharJson.strict().writeValueAsBytes(document)))
                .isEqualTo(AsharJson.strict().readTree(Files.readString(EXAMPLES.resolve(name))));
    }
}
