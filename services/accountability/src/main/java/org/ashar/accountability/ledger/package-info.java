/** The verifiable log: one sequencer writes it, anyone reads it. */
@NullMarked
package org.ashar.accountability.ledger;

import org.jspecify.annotations.NullMarked;
