package org.ashar.kernel;

/**
 * Who gave a command. A person appears by pseudonym alone.
 *
 * @param id HMAC-SHA-256(installation secret, issuer|subject) in lower-case hex
 * @param role the role under which the command was given (CONTRACTS: officer, head, …)
 * @param organisation the organisation that it was given for
 */
public record Actor(String id, String role, String organisation) {}
