package org.ashar.budgetcommitments.domain.commitment;

import java.time.LocalDate;
import java.util.List;
import org.ashar.kernel.Classification;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.jspecify.annotations.Nullable;

/** The content of a published promise, beside its milestones. */
public record Terms(
        PlaceRef place,
        MultilingualText title,
        MultilingualText description,
        Lead lead,
        Contact contact,
        Period period,
        List<Classification> classifications,
        Reporting reporting) {

    public Terms {
        classifications = List.copyOf(classifications);
    }

    /** The institution that answers for the promise. */
    public record Lead(String organisation, MultilingualText name) {}

    /** An office and its organisation's own telephone or e-mail; never a person. */
    public record Contact(MultilingualText office, @Nullable String phone, @Nullable String email) {
        public Contact {
            if (phone == null && email == null) {
                throw new IllegalArgumentException("a contact needs a telephone or an e-mail");
            }
        }
    }

    /** How often progress is reported, and how many days late still counts as in time. */
    public record Reporting(Frequency frequency, int graceDays) {
        public static final int MAX_GRACE_DAYS = 180;
        public static final Reporting DEFAULT = new Reporting(Frequency.QUARTER, 30);
    }

    /** A verifiable deliverable with a due date, as planned. */
    public record PlannedMilestone(
            String id, MultilingualText title, MultilingualText deliverable, LocalDate due) {}
}
