/**
 * The write-ahead journal: what is acknowledged is on disk, in order, and a torn end is told from
 * damage.
 */
@NullMarked
package org.ashar.embedded.journal;

import org.jspecify.annotations.NullMarked;
