/** What this service reads of events, in small records of its own. */
@NullMarked
package org.ashar.progressreports.contract.consumed;

import org.jspecify.annotations.NullMarked;
