/** What promises and their money have in common: policies and the search for personal data. */
@NullMarked
package org.ashar.budgetcommitments.domain;

import org.jspecify.annotations.NullMarked;
