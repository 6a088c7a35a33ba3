package org.ashar.budgetcommitments.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.Refusal;

/** What holds of evidence wherever it is given. */
public final class EvidenceRules {

    private EvidenceRules() {}

    /** Nothing can be shown before it happened. */
    public static Optional<Refusal> captured(List<Evidence> evidence, LocalDate today) {
        return IntStream.range(0, evidence.size())
                .filter(i -> evidence.get(i).capturedOn().isAfter(today))
                .mapToObj(
                        i ->
                                Refusal.invalid(
                                        "evidence.captured-in-future",
                                        "/evidence/" + i + "/capturedOn"))
                .findFirst();
    }
}
