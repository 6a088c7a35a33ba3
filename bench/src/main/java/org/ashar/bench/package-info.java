/**
 * {@code ./ashar bench}: what Ashar does in a second, beside what the same machine could do at
 * best.
 */
@NullMarked
package org.ashar.bench;

import org.jspecify.annotations.NullMarked;
