/** Attacks on tokens and keys, and the good cases beside them. */
@NullMarked
package org.ashar.security;

import org.jspecify.annotations.NullMarked;
