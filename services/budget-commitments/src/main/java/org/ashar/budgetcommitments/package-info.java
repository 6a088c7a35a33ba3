/** Public promises and the money promised for them. */
@NullMarked
package org.ashar.budgetcommitments;

import org.jspecify.annotations.NullMarked;
