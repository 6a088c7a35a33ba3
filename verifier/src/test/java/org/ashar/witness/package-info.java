@NullMarked
package org.ashar.witness;

import org.jspecify.annotations.NullMarked;
