/** The architecture, as rules that fail closed. */
@NullMarked
package org.ashar.testing.architecture;

import org.jspecify.annotations.NullMarked;
