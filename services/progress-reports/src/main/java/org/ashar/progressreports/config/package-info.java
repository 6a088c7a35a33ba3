/** How the service is put together. */
@NullMarked
package org.ashar.progressreports.config;

import org.jspecify.annotations.NullMarked;
