package org.ashar.accountability.domain.finding;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ashar.accountability.domain.finding.Citation.Logged;
import org.ashar.kernel.OrganisationName;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;

/**
 * What a finding is about, as far as the ledger knows it: a promise, its money or a report on it.
 */
public sealed interface Subject {

    StreamId stream();

    /** The ledger does not have its publication. */
    record Unknown(StreamId stream) implements Subject {}

    /**
     * Its publication is in the ledger.
     *
     * @param commitment itself, or the promise that it belongs to
     * @param answerable organisations that promised, lead, pay or report: one of them is audited
     * @param reliedOn the entries that say so
     */
    record Known(
            StreamId stream,
            StreamId commitment,
            PlaceRef place,
            Set<String> answerable,
            List<Logged> reliedOn)
            implements Subject {
        public Known {
            answerable = Set.copyOf(answerable);
            reliedOn = List.copyOf(reliedOn);
        }

        /** This organisation as the subject itself names it, where it answers for it. */
        Optional<String> answering(String organisation) {
            return answerable.stream()
                    .filter(name -> OrganisationName.alike(name, organisation))
                    .sorted()
                    .findFirst();
        }
    }
}
