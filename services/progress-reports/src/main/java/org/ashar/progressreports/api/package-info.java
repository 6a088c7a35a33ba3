/** Commands and queries over HTTP. */
@NullMarked
package org.ashar.progressreports.api;

import org.jspecify.annotations.NullMarked;
