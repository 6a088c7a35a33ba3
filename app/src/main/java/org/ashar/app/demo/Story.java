package org.ashar.app.demo;

import java.util.List;
import java.util.Optional;

/**
 * All that happened around one promise, in the order of time.
 *
 * @param place the key of its place
 * @param fate how it stands at the end; absent for a draft that was not published
 */
record Story(String place, Optional<Fate> fate, List<Step> steps) {
    Story {
        steps = List.copyOf(steps);
    }
}
