/**
 * What the machine can do at best: the same HTTP server and the same store, doing almost nothing.
 */
@NullMarked
package org.ashar.bench.floor;

import org.jspecify.annotations.NullMarked;
