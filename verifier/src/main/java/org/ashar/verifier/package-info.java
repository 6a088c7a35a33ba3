/**
 * An auditor's own program: verifies a ledger from outside, trusting nothing but the log's key and
 * what it remembers from earlier.
 */
@NullMarked
package org.ashar.verifier;

import org.jspecify.annotations.NullMarked;
