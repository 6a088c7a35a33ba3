/** What this service tells the world, for ever. */
@NullMarked
package org.ashar.progressreports.contract.published;

import org.jspecify.annotations.NullMarked;
