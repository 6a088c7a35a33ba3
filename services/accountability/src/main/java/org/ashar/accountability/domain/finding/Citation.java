package org.ashar.accountability.domain.finding;

/** A published event that a finding names, {@code <stream>@<sequence>}. */
public sealed interface Citation {

    String event();

    /**
     * It is in the ledger.
     *
     * @param index where, which anyone can verify
     */
    record Logged(String event, long index) implements Citation {}

    /** The ledger has no such event, or does not have it yet. */
    record NotLogged(String event) implements Citation {}
}
