/** A whole service in a few lines, on a real store. */
@NullMarked
package org.ashar.web.notes;

import org.jspecify.annotations.NullMarked;
