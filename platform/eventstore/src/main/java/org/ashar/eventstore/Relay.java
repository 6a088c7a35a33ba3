package org.ashar.eventstore;

/** Sends what was committed to Kafka. */
@SuppressWarnings("DoNotCallSuggester")
public final class Relay {

    Relay() {}

    /** How far behind it is. */
    public RelayStatus status() {
        throw new UnsupportedOperationException();
    }
}
