/** The measuring instrument: a small HTTP client, closed and open load, and what they saw. */
@NullMarked
package org.ashar.bench.load;

import org.jspecify.annotations.NullMarked;
