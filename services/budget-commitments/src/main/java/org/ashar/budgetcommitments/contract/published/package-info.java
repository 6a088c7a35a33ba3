/** What this service tells the world, for ever: one record for each type of published event. */
@NullMarked
package org.ashar.budgetcommitments.contract.published;

import org.jspecify.annotations.NullMarked;
