package org.ashar.accountability.api;

import java.time.LocalDate;
import org.ashar.accountability.config.FindingAggregate;
import org.ashar.accountability.domain.finding.FindingState;
import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.accountability.domain.finding.FindingState.Answers;
import org.ashar.accountability.domain.finding.FindingState.Closed;
import org.ashar.accountability.domain.finding.FindingState.Conclusion;
import org.ashar.accountability.domain.finding.FindingState.Ended;
import org.ashar.accountability.domain.finding.FindingState.Existing;
import org.ashar.accountability.domain.finding.FindingState.Reason;
import org.ashar.accountability.domain.finding.Standing;
import org.ashar.eventstore.Current;
import org.jspecify.annotations.Nullable;

/**
 * A finding, whole, as it was recorded: nothing in it depends on the day.
 *
 * @param due the last day for what the audited side owes next
 * @param reason why it was closed
 */
record FindingDocument(
        String id,
        long version,
        String state,
        About about,
        Answers answers,
        @Nullable LocalDate due,
        @Nullable Reason reason,
        @Nullable Conclusion conclusion) {

    static FindingDocument of(Current<FindingState> current, Existing finding) {
        return new FindingDocument(
                current.stream().id(),
                current.version(),
                FindingAggregate.STATES.name(finding),
                finding.about(),
                finding.answers(),
                Standing.due(finding).orElse(null),
                finding instanceof Closed closed ? closed.reason() : null,
                finding instanceof Ended ended ? ended.conclusion() : null);
    }
}
