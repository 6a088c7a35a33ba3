package org.ashar.portal.pages;

import java.time.LocalDate;
import java.util.Comparator;
import org.ashar.portal.ledger.LedgerClient.Finding;
import org.jspecify.annotations.Nullable;

/**
 * A finding on the page of what it is about.
 *
 * @param due when the audited side is to have done what it owes, or since when that is late
 * @param address where all of its events are
 */
public record FindingLine(
        Wording.Said title,
        Badge badge,
        String severity,
        String auditor,
        String opened,
        @Nullable String due,
        String address) {

    /** The latest first, then what is still open, then what has ended. */
    static final Comparator<Finding> FIRST_WHAT_IS_OWED =
            Comparator.comparingLong(Finding::daysLate)
                    .reversed()
                    .thenComparing(finding -> finding.due() == null)
                    .thenComparing(Comparator.comparing(Finding::openedOn).reversed());

    private static final int TITLE = 200;
    private static final int ORGANISATION = 120;

    static FindingLine of(Finding finding, Wording w, Links links) {
        LocalDate due = finding.due();
        return new FindingLine(
                w.said(finding.title(), TITLE),
                Badge.ofFinding(finding.state(), finding.daysLate() > 0, w),
                w.named("severity.", finding.severity()),
                Visible.of(finding.auditor(), ORGANISATION).value(),
                w.date(finding.openedOn()),
                due == null
                        ? null
                        : w.text(
                                finding.daysLate() > 0 ? "late.since" : "row.until",
                                "date",
                                w.date(due)),
                links.to("/audit", "q", "audit-finding/" + finding.id()));
    }
}
