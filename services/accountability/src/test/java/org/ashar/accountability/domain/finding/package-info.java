@NullMarked
package org.ashar.accountability.domain.finding;

import org.jspecify.annotations.NullMarked;
