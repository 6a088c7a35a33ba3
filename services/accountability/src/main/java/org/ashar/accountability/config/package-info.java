/** The service's parts, put together. */
@NullMarked
package org.ashar.accountability.config;

import org.jspecify.annotations.NullMarked;
