/** How the portal is put together. */
@NullMarked
package org.ashar.portal.config;

import org.jspecify.annotations.NullMarked;
