package org.ashar.kernel;

/**
 * Where something belongs in a public classification.
 *
 * @param scheme {@code cofog}, {@code sdg}, {@code sdg-local} or {@code topic}
 * @param code the code in that scheme: {@code 04.5.1}, {@code 6.1}, {@code drinking-water}
 */
public record Classification(String scheme, String code) {}
