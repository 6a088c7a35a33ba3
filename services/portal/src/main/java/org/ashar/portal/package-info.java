/** The one public door: pages for readers, and the way to every service's API. */
@NullMarked
package org.ashar.portal;

import org.jspecify.annotations.NullMarked;
