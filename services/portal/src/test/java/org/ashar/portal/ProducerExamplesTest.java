package org.ashar.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ashar.portal.StubService.Reply;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The documents that the keeper of the record shows as examples become pages. */
class ProducerExamplesTest {

    private static final Path EXAMPLES =
            Path.of("../progress-reports/src/main/resources/contracts/progress-reports/documents");

    @Test
    void both_documents_are_shown() throws Exception {
        String place = Files.readString(EXAMPLES.resolve("place-record.json"));
        String commitment = Files.readString(EXAMPLES.resolve("commitment-record.json"));
        try (StubService record =
                        StubService.start(
                                asked ->
                                        new Reply(
                                                200,
                                                Map.of("Content-Type", "application/json"),
                                                asked.uri().contains("/places/")
                                                        ? place
                                                        : commitment));
                RunningPortal portal =
                        RunningPortal.start(
                                Map.of(
                                        "budget-commitments", record.base(),
                                        "progress-reports", record.base()))) {
            Document placePage =
                    Jsoup.parse(portal.get("/places/soate/" + Fixtures.AIMAK + "?lang=en").body());
            assertThat(placePage.select(".strip").text()).contains("Promises 4", "Late 2");
            assertThat(placePage.select("#list ~ .row")).isNotEmpty();
            Document commitmentPage =
                    Jsoup.parse(portal.get("/commitments/" + Fixtures.LATE + "?lang=en").body());
            assertThat(commitmentPage.select("h1").text()).isEqualTo("Таза суу");
            assertThat(commitmentPage.select(".milestones li")).isNotEmpty();
            assertThat(commitmentPage.select("#money ~ .money .figures")).isNotEmpty();
        }
    }
}
