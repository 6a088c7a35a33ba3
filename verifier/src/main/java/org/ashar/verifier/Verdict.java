package org.ashar.verifier;

import java.util.Map;
import java.util.Optional;

/** What came out. */
public sealed interface Verdict {

    /** The exit status that tells it to scripts. */
    int status();

    /**
     * A log of which all entries were read and are as they must be.
     *
     * @param origin the log's name
     * @param size entries, all of which were read
     * @param root of the tree over them, in base64
     * @param key whose signature it has
     * @param keyBelieved whether that key is the one that the log showed, at first sight
     * @param remembered entries of the log when it was verified last; 0 the first time
     * @param witnessed what witnesses say; empty where none were named
     * @param forgotten why this run could not be remembered; empty where it was, or was not to be
     */
    record SoundLog(
            String origin,
            long size,
            String root,
            String key,
            boolean keyBelieved,
            long remembered,
            Optional<String> forgotten,
            Optional<Witnessed> witnessed) {}

    /** The log is sound, and every record says what follows from it. */
    record Verified(SoundLog log, Records records) implements Verdict {
        @Override
        public int status() {
            return 0;
        }
    }

    /** The log is sound; the record was not to be looked at. */
    record LogVerified(SoundLog log) implements Verdict {
        @Override
        public int status() {
            return 0;
        }
    }

    /** The log is sound, and the public record says something else. */
    record Differs(SoundLog log, Records records) implements Verdict {
        @Override
        public int status() {
            return 1;
        }
    }

    /**
     * The log is sound, and nothing of the record differs, but too few witnesses vouch for it.
     *
     * @param records empty where the record was not to be looked at
     */
    record Unwitnessed(SoundLog log, Optional<Records> records) implements Verdict {
        @Override
        public int status() {
            return 2;
        }
    }

    /** The log is sound; of some records it could not be told whether they follow from it. */
    record Undecided(SoundLog log, Records records) implements Verdict {
        @Override
        public int status() {
            return 2;
        }
    }

    /**
     * Something is not as it must be: the log was altered, forked or is broken.
     *
     * @param code what is wrong, for programs
     * @param facts what was expected and what was found
     */
    record Broken(String code, Map<String, String> facts) implements Verdict {
        public Broken {
            facts = Map.copyOf(facts);
        }

        @Override
        public int status() {
            return 1;
        }
    }

    /**
     * A receipt shows its event to be in the log.
     *
     * @param size of the checkpoint that it is shown by
     * @param witnessed what witnesses say; empty where none were named
     */
    record Shown(String event, long index, String origin, long size, Optional<Witnessed> witnessed)
            implements Verdict {
        @Override
        public int status() {
            return 0;
        }
    }

    /**
     * A receipt does not show what it is to show.
     *
     * @param code why, for programs
     */
    record NotShown(String code) implements Verdict {
        @Override
        public int status() {
            return 1;
        }
    }

    /** Nothing can be said: no answer, or not enough of it. */
    record Unknown(String reason) implements Verdict {
        @Override
        public int status() {
            return 2;
        }
    }
}
