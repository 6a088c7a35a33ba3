/** The accountability service: every published event in a log that outsiders can verify. */
@NullMarked
package org.ashar.accountability;

import org.jspecify.annotations.NullMarked;
