package org.ashar.accountability.ledger;

/**
 * An entry of the log.
 *
 * @param event its id
 * @param leaf the event in canonical JSON; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // its bytes are what it is; nobody compares entries
public record LogEntry(long index, String event, Facets facets, byte[] leaf) {}
