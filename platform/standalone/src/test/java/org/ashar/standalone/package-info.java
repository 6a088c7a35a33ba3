@NullMarked
package org.ashar.standalone;

import org.jspecify.annotations.NullMarked;
