/** How the service is put together. */
@NullMarked
package org.ashar.budgetcommitments.config;

import org.jspecify.annotations.NullMarked;
