/** The command line behind {@code ./ashar}. */
@NullMarked
package org.ashar.app;

import org.jspecify.annotations.NullMarked;
