/** Tests that start what {@code ./ashar up} starts, in a process of its own. */
@NullMarked
package org.ashar.app.running;

import org.jspecify.annotations.NullMarked;
