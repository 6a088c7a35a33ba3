@NullMarked
package org.ashar.accountability.witness;

import org.jspecify.annotations.NullMarked;
