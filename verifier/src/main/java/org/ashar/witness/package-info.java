/**
 * A witness (C2SP tlog-witness): a program of somebody other than the log's operator, which cosigns
 * a log's checkpoints and never two that contradict each other.
 */
@NullMarked
package org.ashar.witness;

import org.jspecify.annotations.NullMarked;
