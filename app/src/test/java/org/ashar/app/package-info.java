@NullMarked
package org.ashar.app;

import org.jspecify.annotations.NullMarked;
