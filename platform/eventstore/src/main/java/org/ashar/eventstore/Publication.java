package org.ashar.eventstore;

import java.util.List;
import java.util.Optional;
import org.ashar.kernel.CommandMeta;

/**
 * How domain events become published ones: two languages, mapped purely. Implementations read
 * nothing but their arguments.
 *
 * @param <S> the sealed type of states
 * @param <E> the sealed type of domain events
 */
public interface Publication<S, E> {

    /**
     * What the world learns of {@code event}, in order; empty while the aggregate is a draft.
     *
     * @param before the state before the event
     * @param after the state just after it, not after the whole command
     */
    List<Fact> publish(S before, E event, S after, CommandMeta meta);

    /**
     * What publishing this draft would say. A command whose resulting state previews a fact over
     * {@value PublishedEvent#MAX_BYTES} bytes is refused at once ({@code event.too-large}), so that
     * no draft grows past what can be published. Empty where nothing is left to publish at once.
     */
    default Optional<Fact> preview(S after) {
        return Optional.empty();
    }
}
