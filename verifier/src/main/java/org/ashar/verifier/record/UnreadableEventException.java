package org.ashar.verifier.record;

/** Ends a fold: this program does not understand an event of the log, so it cannot judge. */
public final class UnreadableEventException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long index;

    UnreadableEventException(long index, String why) {
        super(why, null, false, false);
        this.index = index;
    }

    /** Of the event in the log. */
    public long index() {
        return index;
    }
}
