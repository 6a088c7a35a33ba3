@NullMarked
package org.ashar.embedded.wire;

import org.jspecify.annotations.NullMarked;
