@NullMarked
package org.ashar.embedded;

import org.jspecify.annotations.NullMarked;
