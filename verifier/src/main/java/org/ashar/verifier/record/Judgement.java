package org.ashar.verifier.record;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What came out of holding a document against the log.
 *
 * @param unknown members of the document that this program does not know and did not judge
 */
public record Judgement(List<Difference> differences, SortedSet<String> unknown) {

    public Judgement {
        differences = List.copyOf(differences);
        unknown = new TreeSet<>(unknown);
    }
}
