/** What findings can be about, as the ledger knows it. */
@NullMarked
package org.ashar.accountability.readmodel.subject;

import org.jspecify.annotations.NullMarked;
