@NullMarked
package org.ashar.portal;

import org.jspecify.annotations.NullMarked;
