package org.ashar.accountability.domain.finding;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.ashar.accountability.domain.finding.Citation.Logged;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;

/** How far a finding has come. That an answer is due is not a state: see {@link Standing}. */
public sealed interface FindingState {

    /**
     * What is fixed when a finding is opened.
     *
     * @param commitment the subject itself, or the promise that it belongs to
     * @param auditee the organisation that answers
     * @param answerable all that could have been asked to, the auditee among them
     * @param responseDue the last day for a response, and for agreeing on an action
     * @param events what the auditor rests it on
     * @param reliedOn what says whose the subject is
     */
    record About(
            StreamId subject,
            StreamId commitment,
            PlaceRef place,
            String auditee,
            List<String> answerable,
            Content content,
            LocalDate responseDue,
            List<Logged> events,
            List<Logged> reliedOn,
            Actor openedBy,
            LocalDate openedOn) {
        public About {
            answerable = List.copyOf(answerable);
            events = List.copyOf(events);
            reliedOn = List.copyOf(reliedOn);
        }
    }

    enum Position {
        ACCEPTED,
        NOT_ACCEPTED
    }

    /** What the audited side says to a finding. */
    record Response(Position position, MultilingualText statement, Actor by, LocalDate on) {}

    /** What the audited side undertakes to do. */
    record Action(MultilingualText description, LocalDate due, Actor by, LocalDate on) {}

    /** What the audited side says it did. */
    record Implementation(
            MultilingualText statement, List<Evidence> evidence, Actor by, LocalDate on) {
        public Implementation {
            evidence = List.copyOf(evidence);
        }
    }

    enum Reason {
        /** The auditor saw that the action was done. */
        IMPLEMENTED,
        /** The auditor no longer holds the finding up. */
        WITHDRAWN
    }

    /** With what words the auditor ended it. */
    record Conclusion(MultilingualText text, Actor by, LocalDate on) {}

    /** All that the audited side answered, as far as it went. */
    record Answers(
            @Nullable Response response,
            @Nullable Action action,
            @Nullable Implementation implementation) {

        /** Whether this person gave one of them. */
        boolean givenBy(String person) {
            return Stream.of(
                            response == null ? null : response.by(),
                            action == null ? null : action.by(),
                            implementation == null ? null : implementation.by())
                    .anyMatch(actor -> actor != null && actor.id().equals(person));
        }
    }

    record Absent() implements FindingState {}

    /** A finding that was opened. */
    sealed interface Existing extends FindingState {
        About about();

        Answers answers();
    }

    /** The auditor has not ended it. */
    sealed interface Pending extends Existing {}

    record Opened(About about) implements Pending {
        @Override
        public Answers answers() {
            return new Answers(null, null, null);
        }
    }

    record Responded(About about, Response response) implements Pending {
        @Override
        public Answers answers() {
            return new Answers(response, null, null);
        }
    }

    record ActionAgreed(About about, Response response, Action action) implements Pending {
        @Override
        public Answers answers() {
            return new Answers(response, action, null);
        }
    }

    record Implemented(About about, Response response, Action action, Implementation implementation)
            implements Pending {
        @Override
        public Answers answers() {
            return new Answers(response, action, implementation);
        }
    }

    /** The auditor ended it. */
    sealed interface Ended extends Existing {
        Conclusion conclusion();
    }

    record Closed(About about, Answers answers, Reason reason, Conclusion conclusion)
            implements Ended {}

    record NotAccepted(About about, Answers answers, Conclusion conclusion) implements Ended {}
}
