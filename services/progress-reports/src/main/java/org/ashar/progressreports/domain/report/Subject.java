package org.ashar.progressreports.domain.report;

import java.time.LocalDate;
import java.util.Set;
import org.ashar.kernel.OrganisationName;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod.Frequency;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/** What this service has heard of the commitment that a report is about. */
public sealed interface Subject {

    StreamId commitment();

    /** No such commitment was heard of. */
    record Unknown(StreamId commitment) implements Subject {}

    /**
     * A published commitment.
     *
     * @param sequence the last published event of it that this rests on
     * @param endedOn the day it was verified complete or withdrawn, if it was
     * @param organisations who drafted it and who leads it: they report on it
     */
    record Known(
            StreamId commitment,
            PlaceRef place,
            long sequence,
            LocalDate publishedOn,
            Frequency frequency,
            @Nullable LocalDate endedOn,
            boolean withdrawn,
            Set<String> milestones,
            Set<String> organisations)
            implements Subject {
        public Known {
            milestones = Set.copyOf(milestones);
            organisations = Set.copyOf(organisations);
        }

        /** Whether this organisation is one of those that report on it. */
        public boolean isReportedOnBy(String organisation) {
            return organisations.stream()
                    .anyMatch(name -> OrganisationName.alike(name, organisation));
        }

        boolean endedBefore(LocalDate day) {
            return endedOn != null && endedOn.isBefore(day);
        }

        ReliedOn reliedOn() {
            return new ReliedOn(commitment, sequence);
        }
    }

    /** The facts of another service on which a decision rests, by stream and sequence. */
    record ReliedOn(StreamId stream, long sequence) {}
}
