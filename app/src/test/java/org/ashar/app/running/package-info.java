/** Tests that start all of what {@code ./ashar up} starts. */
@NullMarked
package org.ashar.app.running;

import org.jspecify.annotations.NullMarked;
