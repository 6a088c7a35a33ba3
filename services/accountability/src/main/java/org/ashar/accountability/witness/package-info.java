/**
 * Witnesses of the log (C2SP tlog-witness): others, who cosign its checkpoints, so that nobody need
 * believe the log alone that it shows the same to all.
 */
@NullMarked
package org.ashar.accountability.witness;

import org.jspecify.annotations.NullMarked;
