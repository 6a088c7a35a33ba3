/**
 * A verifiable log in the formats that others read: Merkle trees (RFC 6962, RFC 9162), tiles (C2SP
 * tlog-tiles), signed notes, checkpoints, cosignatures and offline proofs (C2SP).
 *
 * <p>Plain Java on the JDK alone: no I/O, no clock, no state. What comes from outside is read into
 * a {@link org.ashar.kernel.Checked}; what a caller must know to be right throws {@link
 * java.lang.IllegalArgumentException}.
 */
@NullMarked
package org.ashar.tlog;

import org.jspecify.annotations.NullMarked;
