package org.ashar.verifier;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

        private final Set<String> same = new HashSet<>();
        private long differing;
        private final List<Difference> differences = new ArrayList<>();
        private final SortedMap<String, Undecided> undecided = new TreeMap<>();
        private final SortedSet<String> notJudged = new TreeSet<>();

        /** It was compared whole, and nothing differs. */
        void same(String subject) {
            same.add(subject);
        }

        /** Forgets that it was the same, since it is asked for again; false where it was not. */
        boolean again(String subject) {
            return same.remove(subject);
        }

        void differs(List<Difference> more) {
            differing += more.size();
            more.stream()
                    .limit(Math.max(0, MOST_TOLD - differences.size()))
                    .forEach(differences::add);
        }

        boolean hasDifferences() {
            return differing > 0;
        }

        void undecided(String subject, Undecided why) {
            undecided.put(subject, why);
        }

        void notJudged(SortedSet<String> members) {
            notJudged.addAll(members);
        }

        Records records() {
            long places = same.stream().filter(one -> one.startsWith(PlaceCase.PREFIX)).count();
            return new Records(
                    same.size() - places, places, differences, differing, undecided, notJudged);
        }
    }
}
