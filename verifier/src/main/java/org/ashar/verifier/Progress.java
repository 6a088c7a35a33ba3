package org.ashar.verifier;

/** Hears how far a verification is. */
@FunctionalInterface
public interface Progress {

    /** What is being read. */
    enum Stage {
        EVENTS,
        RECORDS
    }

    /** So many of all are done. */
    void reached(Stage stage, long done, long all);
}
