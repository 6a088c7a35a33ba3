/** Starting Java as {@code ./ashar} does. */
@NullMarked
package org.ashar.app.launch;

import org.jspecify.annotations.NullMarked;
