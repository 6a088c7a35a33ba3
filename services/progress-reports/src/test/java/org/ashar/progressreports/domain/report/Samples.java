package org.ashar.progressreports.domain.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;
import org.ashar.progressreports.domain.report.Content.Status;
import org.ashar.progressreports.domain.report.ReportEvent.ReportCorrected;
import org.ashar.progressreports.domain.report.ReportEvent.ReportDiscarded;
import org.ashar.progressreports.domain.report.ReportEvent.ReportDrafted;
import org.ashar.progressreports.domain.report.ReportEvent.ReportPublished;
import org.ashar.progressreports.domain.report.ReportState.About;
import org.ashar.progressreports.domain.report.Subject.Known;
import org.ashar.progressreports.domain.report.Subject.ReliedOn;
import org.ashar.testing.DeciderSpec;

/** The report that the specifications are about. */
final class Samples {

    static final DeciderSpec<ReportCommand, ReportState, ReportEvent> SPEC =
            DeciderSpec.of(ProgressReport.DECIDER);

    static final StreamId COMMITMENT = StreamId.derived("commitment", "water");
    static final PlaceRef PLACE =
            new PlaceRef("soate", "41703215600000", "Кара-Кульджинский", LocalDate.of(2025, 1, 15));
    static final ReportingPeriod PERIOD = new ReportingPeriod(Frequency.QUARTER, 2025, 2);
    static final String ORGANISATION = "kara-kulja-okmotu";
    static final LocalDate ON = LocalDate.of(2025, 7, 10);
    static final Known SUBJECT =
            new Known(
                    COMMITMENT,
                    PLACE,
                    3,
                    LocalDate.of(2025, 1, 15),
                    Frequency.QUARTER,
                    null,
                    false,
                    Set.of("m1", "m2"),
                    Set.of(ORGANISATION, "district-office"));
    static final Content CONTENT = content("Суу түтүгү 4 чакырымга жеткирилди.");
    static final Content OTHER_CONTENT = content("Суу түтүгү 5 чакырымга жеткирилди.");
    static final MultilingualText REASON = MultilingualText.of("ky", "Ченөө ката болчу.");

    static final About ABOUT = new About(COMMITMENT, PLACE, PERIOD, ORGANISATION);
    static final ReliedOn RELIED_ON = new ReliedOn(COMMITMENT, 3);
    static final ReportDrafted DRAFTED = new ReportDrafted(ABOUT, CONTENT, RELIED_ON);
    static final ReportPublished PUBLISHED = new ReportPublished(RELIED_ON);
    static final ReportDiscarded DISCARDED = new ReportDiscarded();
    static final ReportCorrected CORRECTED =
            new ReportCorrected(1, OTHER_CONTENT, REASON, RELIED_ON);

    private Samples() {}

    static Content content(String narrative) {
        return new Content(
                Status.LIMITED,
                MultilingualText.of("ky", narrative),
                false,
                List.of(),
                List.of(),
                List.of());
    }

    static Evidence evidence(String name, LocalDate capturedOn) {
        return new Evidence(
                Sha256.of(name.getBytes(UTF_8)),
                "image/jpeg",
                1024,
                capturedOn,
                null,
                null,
                null,
                null);
    }
}
