/** What this service tells the world, for ever. */
@NullMarked
package org.ashar.accountability.contract.published;

import org.jspecify.annotations.NullMarked;
