@NullMarked
package org.ashar.verifier.record;

import org.jspecify.annotations.NullMarked;
