package org.ashar.verifier;

import tools.jackson.databind.JsonNode;

/**
 * An event as the log has it.
 *
 * @param index in the log
 * @param subject the stream
 * @param sequence among the stream's events, from 1
 */
record LoggedEvent(
        long index, String id, String type, String subject, long sequence, JsonNode data) {}
