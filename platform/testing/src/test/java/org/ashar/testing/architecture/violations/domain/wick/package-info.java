@NullMarked
package org.ashar.testing.architecture.violations.domain.wick;

import org.jspecify.annotations.NullMarked;
