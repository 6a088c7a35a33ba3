package org.ashar.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ashar.verifier.record.Difference;

/**
 * How the public record stands against the log.
 *
 * @param commitments records of commitments that were compared whole
 * @param places records of places that were compared whole
 * @param differences what differs, at most so many as are told
 * @param differing how many differ in all
 * @param undecided documents of which it could not be told, by subject
 * @param notJudged members of the documents that this program does not know
 */
public record Records(
        long commitments,
        long places,
        List<Difference> differences,
        long differing,
        SortedMap<String, Undecided> undecided,
        SortedSet<String> notJudged) {

    /**
     * Why it could not be told.
     *
     * @param code for programs
     * @param facts what was found
     */
    public record Undecided(String code, Map<String, String> facts) {
        public Undecided {
            facts = Map.copyOf(facts);
        }
    }

    public Records {
        differences = List.copyOf(differences);
        undecided = new TreeMap<>(undecided);
        notJudged = new TreeSet<>(notJudged);
    }

    /** Gathers what comes out. */
    static final class Tally {
        private static final int MOST_TOLD = 1_000;

        private long commitments;
        private long places;
        private long differing;
        private final List<Difference> differences = new ArrayList<>();
        private final SortedMap<String, Undecided> undecided = new TreeMap<>();
        private final SortedSet<String> notJudged = new TreeSet<>();

        void commitment() {
            commitments++;
        }

        void place() {
            places++;
        }

        void differs(List<Difference> more) {
            differing += more.size();
            more.stream()
                    .limit(Math.max(0, MOST_TOLD - differences.size()))
                    .forEach(differences::add);
        }

        void undecided(String subject, Undecided why) {
            undecided.put(subject, why);
        }

        void notJudged(SortedSet<String> members) {
            notJudged.addAll(members);
        }

        Records records() {
            return new Records(commitments, places, differences, differing, undecided, notJudged);
        }
    }
}
