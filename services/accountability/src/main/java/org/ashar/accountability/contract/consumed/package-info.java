/** What this service reads of what other services publish. */
@NullMarked
package org.ashar.accountability.contract.consumed;

import org.jspecify.annotations.NullMarked;
