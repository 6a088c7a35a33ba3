package org.ashar.eventstore;

/**
 * A state, how far it goes, and how the current document stood when it was read.
 *
 * @param version sequence of the last domain event folded
 * @param published sequence of the last published event
 * @param state the fold
 * @param storedVersion version of the current document in the store; 0 when there is none
 * @param storedFormat its state format
 */
record Folded<S>(long version, long published, S state, long storedVersion, int storedFormat) {

    Folded<S> advanced(long to, long publishedTo, S next) {
        return new Folded<>(to, publishedTo, next, storedVersion, storedFormat);
    }

    /** Whether the current document says the same already. */
    boolean isStored(int format) {
        return storedVersion == version && storedFormat == format;
    }
}
