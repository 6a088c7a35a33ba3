/**
 * RFC 8785 canonical JSON: one sequence of bytes for one value, so that hashes of events mean
 * something.
 */
@NullMarked
package org.ashar.kernel.canonical;

import org.jspecify.annotations.NullMarked;
