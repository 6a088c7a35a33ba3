/**
 * Tokens, grants and who may act for which place.
 *
 * <p>A token is a JWT signed with ES256. It says who its bearer is and in which roles, for which
 * organisation and which place or school, the bearer may act. Nothing here knows HTTP or Spring.
 */
@NullMarked
package org.ashar.security;

import org.jspecify.annotations.NullMarked;
