@NullMarked
package org.ashar.tlog;

import org.jspecify.annotations.NullMarked;
