package org.ashar.eventstore;

/**
 * One published fact before it has its place in the stream.
 *
 * @param name kebab-case, past tense: {@code commitment-published}
 * @param version of its shape; a new shape is a new version
 * @param data a record, written as JSON by {@link org.ashar.json.AsharJson}
 */
public record Fact(String name, int version, Object data) {}
