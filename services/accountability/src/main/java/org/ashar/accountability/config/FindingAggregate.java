package org.ashar.accountability.config;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Predicate;
import org.ashar.accountability.contract.published.FindingPublication;
import org.ashar.accountability.domain.finding.AuditFinding;
import org.ashar.accountability.domain.finding.FindingCommand;
import org.ashar.accountability.domain.finding.FindingEvent;
import org.ashar.accountability.domain.finding.FindingState;
import org.ashar.accountability.domain.finding.FindingState.About;
import org.ashar.accountability.domain.finding.FindingState.Existing;
import org.ashar.accountability.domain.finding.Standing;
import org.ashar.eventstore.AggregateType;
import org.ashar.json.NamedTypes;
import org.bson.Document;

/** How findings are stored. */
public final class FindingAggregate {

    public static final NamedTypes<FindingEvent> EVENTS =
            NamedTypes.of(
                    Map.of(
                            "finding-opened.v1", FindingEvent.FindingOpened.class,
                            "finding-responded.v1", FindingEvent.FindingResponded.class,
                            "finding-action-agreed.v1", FindingEvent.FindingActionAgreed.class,
                            "finding-implemented.v1", FindingEvent.FindingImplemented.class,
                            "finding-closed.v1", FindingEvent.FindingClosed.class,
                            "finding-not-accepted.v1", FindingEvent.FindingNotAccepted.class));

    public static final NamedTypes<FindingState> STATES =
            NamedTypes.of(
                    Map.of(
                            "absent", FindingState.Absent.class,
                            "opened", FindingState.Opened.class,
                            "responded", FindingState.Responded.class,
                            "action-agreed", FindingState.ActionAgreed.class,
                            "implemented", FindingState.Implemented.class,
                            "closed", FindingState.Closed.class,
                            "not-accepted", FindingState.NotAccepted.class));

    private static final int STATE_FORMAT = 1;

    public static final AggregateType<FindingCommand, FindingState, FindingEvent> TYPE =
            new AggregateType<>(
                    AuditFinding.STREAM_TYPE,
                    STATE_FORMAT,
                    AuditFinding.DECIDER,
                    EVENTS,
                    STATES,
                    new FindingPublication(),
                    FindingAggregate::summary);

    private FindingAggregate() {}

    /** For the lists. */
    static void createIndexes(MongoCollection<Document> currents) {
        currents.createIndex(Indexes.ascending("s.commitment", "_id"));
        currents.createIndex(Indexes.ascending("s.place", "_id"));
        currents.createIndex(Indexes.ascending("s.auditee", "_id"));
        currents.createIndex(Indexes.ascending("s.state", "_id"));
    }

    /** In which state those are stored that stand there on some day. */
    public static String state(Standing standing) {
        return switch (standing) {
            case OPENED, RESPONSE_DUE -> "opened";
            case RESPONDED -> "responded";
            case ACTION_AGREED -> "action-agreed";
            case IMPLEMENTED -> "implemented";
            case CLOSED -> "closed";
            case NOT_ACCEPTED -> "not-accepted";
        };
    }

    /**
     * Whether a finding in that state stands there on this day, by its summary; together they say
     * the same as {@link Standing#of}.
     */
    public static Predicate<Document> standing(Standing standing, LocalDate on) {
        String day = on.toString();
        return switch (standing) {
            case OPENED -> summary -> summary.getString("responseDue").compareTo(day) > 0;
            case RESPONSE_DUE -> summary -> summary.getString("responseDue").compareTo(day) <= 0;
            case RESPONDED, ACTION_AGREED, IMPLEMENTED, CLOSED, NOT_ACCEPTED -> _ -> true;
        };
    }

    private static Map<String, Object> summary(FindingState state) {
        return state instanceof Existing finding
                ? summary(STATES.name(state), finding.about())
                : Map.of();
    }

    private static Map<String, Object> summary(String state, About about) {
        return Map.of(
                "state", state,
                "responseDue", about.responseDue().toString(),
                "commitment", about.commitment().toString(),
                "place", about.place().key(),
                "auditee", about.auditee());
    }
}
