package org.ashar.web.notes;

import java.util.List;
import java.util.Map;
import org.ashar.eventstore.AggregateType;
import org.ashar.eventstore.Fact;
import org.ashar.json.NamedTypes;
import org.ashar.kernel.Decider;
import org.ashar.kernel.Decision;
import org.ashar.kernel.Refusal;

/** A line of text that can be written once and then rewritten. */
final class Note {

    /** Put this text. */
    record Write(String text) {}

    /** This text was put. */
    record Written(String text) {}

    /** The text as it is. */
    record Text(String text) {}

    private Note() {}

    static AggregateType<Write, Text, Written> type() {
        return new AggregateType<>(
                "note",
                1,
                new Decider<>(
                        () -> new Text(""),
                        (state, write) ->
                                state.text().equals(write.text())
                                        ? Decision.refuse(Refusal.conflict("note.unchanged"))
                                        : Decision.accept(new Written(write.text())),
                        (_, written) -> new Text(written.text())),
                NamedTypes.of(Map.of("written", Written.class)),
                NamedTypes.of(Map.of("text", Text.class)),
                (_, written, _, _) -> List.of(new Fact("note-written", 1, written)),
                state -> Map.of("text", state.text()));
    }
}
