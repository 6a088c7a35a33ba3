/** Progress reports, and the public record of everything promised, paid, done and reported. */
@NullMarked
package org.ashar.progressreports;

import org.jspecify.annotations.NullMarked;
