/** The one public door: which service a path belongs to, and how that service is called. */
@NullMarked
package org.ashar.portal.gateway;

import org.jspecify.annotations.NullMarked;
