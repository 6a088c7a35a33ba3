package org.ashar.verifier;

import java.util.Map;

/** What came out. */
public sealed interface Verdict {

    /** The exit status that tells it to scripts. */
    int status();

    /**
     * Everything that was looked at is as it must be.
     *
     * @param origin the log's name
     * @param size entries, all of which were read
     * @param root of the tree over them, in base64
     * @param remembered entries of the log when it was verified last; 0 the first time
     */
    record Verified(String origin, long size, String root, long remembered) implements Verdict {
        @Override
        public int status() {
            return 0;
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

    /** Nothing can be said: no answer, or not enough of it. */
    record Unknown(String reason) implements Verdict {
        @Override
        public int status() {
            return 2;
        }
    }
}
