package org.ashar.embedded.journal;

/**
 * A place in the journal between two frames: everything before it is kept elsewhere, everything
 * from it on must be replayed.
 *
 * @param segment number of the first segment file to replay
 * @param frame number of the first frame in that segment
 */
public record JournalMark(long segment, long frame) {
    /** Where a new journal begins. */
    public static final JournalMark START = new JournalMark(1, 1);
}
