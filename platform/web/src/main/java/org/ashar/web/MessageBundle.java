package org.ashar.web;

/**
 * Registers a module's messages, as a bean: {@code new MessageBundle("budget-commitments")} brings
 * {@code messages/budget-commitments_ky.properties} and its four sisters.
 *
 * @param module first part of the files' names
 */
public record MessageBundle(String module) {}
