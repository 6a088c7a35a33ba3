package org.ashar.budgetcommitments.config;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.client.MongoCollection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ashar.budgetcommitments.contract.published.CommitmentPublication;
import org.ashar.budgetcommitments.domain.commitment.Commitment;
import org.ashar.budgetcommitments.domain.commitment.CommitmentCommand;
import org.ashar.budgetcommitments.domain.commitment.CommitmentEvent;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState;
import org.ashar.budgetcommitments.domain.commitment.CommitmentState.*;
import org.ashar.budgetcommitments.domain.commitment.Lateness;
import org.ashar.budgetcommitments.domain.commitment.Promise;
import org.ashar.budgetcommitments.domain.commitment.Terms;
import org.ashar.eventstore.AggregateType;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.MultilingualText.Translation;
import org.bson.Document;
import org.bson.conversions.Bson;

/** How commitments are stored, and the fields by which they are listed. */
public final class CommitmentAggregate {

    /** Raise it whenever states, their folding or {@link #summary} change meaning. */
    private static final int STATE_FORMAT = 1;

    /** Sorts after every day there is. */
    private static final String NEVER = "9999-12-31";

    public static final AggregateType<CommitmentCommand, CommitmentState, CommitmentEvent> TYPE =
            new AggregateType<>(
                    Commitment.STREAM,
                    STATE_FORMAT,
                    Commitment.DECIDER,
                    StoredNames.COMMITMENT_EVENTS,
                    StoredNames.COMMITMENT_STATES,
                    new CommitmentPublication(),
                    CommitmentAggregate::summary);

    private CommitmentAggregate() {}

    /** One for each way in which lists go: as they sort, so that no store has to. */
    static void createIndexes(MongoCollection<Document> currents) {
        Bson newestFirst = descending("s.published", "_id");
        currents.createIndex(compoundIndex(ascending("s.public"), newestFirst));
        currents.createIndex(compoundIndex(ascending("s.draftedBy"), newestFirst));
        currents.createIndex(ascending("s.public", "s.nextDue", "_id"));
        for (String field : List.of("s.place", "s.lead", "s.state")) {
            currents.createIndex(compoundIndex(ascending("s.public", field), newestFirst));
            currents.createIndex(ascending("s.public", field, "s.nextDue", "_id"));
        }
    }

    private static Map<String, Object> summary(CommitmentState state) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("state", StoredNames.COMMITMENT_STATES.name(state));
        summary.put("public", state instanceof Public);
        switch (state) {
            case NotDrafted _ -> {}
            case Discarded discarded -> summary.put("place", discarded.place().key());
            case Draft(String organisation, var place, var terms, _) -> {
                summary.put("place", place.key());
                summary.put("draftedBy", organisation);
                summary.put("published", "");
                summary.put("nextDue", NEVER);
                summary.put("text", searchable(terms.title()));
            }
            case Public open -> publicSummary(open, open.promise(), summary);
        }
        return summary;
    }

    private static void publicSummary(Public state, Promise promise, Map<String, Object> summary) {
        Terms terms = promise.terms();
        summary.put("place", terms.place().key());
        summary.put("lead", terms.lead().organisation());
        summary.put("start", terms.period().start().toString());
        summary.put("end", terms.period().end().toString());
        summary.put("published", promise.publishedOn().toString());
        summary.put("nextDue", Lateness.nextDue(state).map(Object::toString).orElse(NEVER));
        summary.put(
                "classifications",
                terms.classifications().stream()
                        .map(c -> c.scheme() + ":" + c.code())
                        .distinct()
                        .collect(Collectors.toList()));
        summary.put("text", searchable(terms.title()));
    }

    /** All languages of a title in lower case, to be searched. */
    static String searchable(MultilingualText title) {
        return title.texts().values().stream()
                .map(Translation::value)
                .map(value -> value.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("\n"));
    }

    /** The names under which a reader may ask for public states. */
    public static List<String> publicStates() {
        return List.of(
                "published",
                "in-progress",
                "reported-complete",
                "disputed",
                "verified-complete",
                "withdrawn");
    }
}
