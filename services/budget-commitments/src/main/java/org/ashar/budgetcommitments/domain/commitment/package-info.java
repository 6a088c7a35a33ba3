/** The public promise as three pure functions. */
@NullMarked
package org.ashar.budgetcommitments.domain.commitment;

import org.jspecify.annotations.NullMarked;
