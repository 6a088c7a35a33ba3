package org.ashar.messaging;

/** What became of a parked event that was tried again. */
public enum ReplayOutcome {
    /** It is in effect, with those that waited behind it, and no longer parked. */
    APPLIED,
    /** It can be read, but an earlier event of its stream is missing: it is held. */
    HELD,
    /** It still cannot be applied and stays parked. */
    STILL_PARKED,
    /** Nothing is parked under this id. */
    UNKNOWN
}
