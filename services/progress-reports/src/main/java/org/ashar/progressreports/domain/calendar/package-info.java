/** When reports fall due, and from which day they are late. */
@NullMarked
package org.ashar.progressreports.domain.calendar;

import org.jspecify.annotations.NullMarked;
