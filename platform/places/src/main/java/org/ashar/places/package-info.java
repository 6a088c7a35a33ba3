/**
 * Places by dated code: what the bundled classifier holds, cleaned, and how to look it up, walk it
 * and search it.
 *
 * <p>Everything here is immutable and safe for any number of threads. Nothing here knows what a
 * place is used for.
 */
@NullMarked
package org.ashar.places;

import org.jspecify.annotations.NullMarked;
