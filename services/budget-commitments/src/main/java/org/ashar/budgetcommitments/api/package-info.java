/** Commands and queries over HTTP. */
@NullMarked
package org.ashar.budgetcommitments.api;

import org.jspecify.annotations.NullMarked;
