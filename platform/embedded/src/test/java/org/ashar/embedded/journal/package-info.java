@NullMarked
package org.ashar.embedded.journal;

import org.jspecify.annotations.NullMarked;
