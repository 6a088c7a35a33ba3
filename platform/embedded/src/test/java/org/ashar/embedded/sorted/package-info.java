@NullMarked
package org.ashar.embedded.sorted;

import org.jspecify.annotations.NullMarked;
