@NullMarked
package org.ashar.verifier;

import org.jspecify.annotations.NullMarked;
