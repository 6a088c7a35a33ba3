/**
 * The public record: everything promised, paid, done, reported and late, folded from events alone,
 * one slice a stream, joined when it is read.
 */
@NullMarked
package org.ashar.progressreports.readmodel.record;

import org.jspecify.annotations.NullMarked;
