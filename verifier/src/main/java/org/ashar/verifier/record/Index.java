package org.ashar.verifier.record;

import java.util.OptionalLong;

/** Where events are in the log. */
@FunctionalInterface
public interface Index {

    /**
     * The place in the log of an event; empty where it is not there.
     *
     * @param event {@code <stream>@<sequence>}
     */
    OptionalLong of(String event);
}
