/** One published statement about one commitment in one reporting period. */
@NullMarked
package org.ashar.progressreports.domain.report;

import org.jspecify.annotations.NullMarked;
