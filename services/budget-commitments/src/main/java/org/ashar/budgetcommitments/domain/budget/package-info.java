/** The money promised for a promise as three pure functions. */
@NullMarked
package org.ashar.budgetcommitments.domain.budget;

import org.jspecify.annotations.NullMarked;
