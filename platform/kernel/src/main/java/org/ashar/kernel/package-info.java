/**
 * What every Ashar service speaks: deciders and decisions, stream ids, and the value objects of
 * public promises.
 *
 * <p>Plain Java, no framework, no clock, no I/O. Values are immutable and valid by construction:
 * constructors throw {@link java.lang.IllegalArgumentException} on a programming error, {@code
 * parse} and {@code of} methods answer a {@link org.ashar.kernel.Checked} on outside input.
 */
@NullMarked
package org.ashar.kernel;

import org.jspecify.annotations.NullMarked;
