/** Kills what {@code ./ashar up} starts, and asks whether anything that was answered is gone. */
@NullMarked
package org.ashar.app.crash;

import org.jspecify.annotations.NullMarked;
