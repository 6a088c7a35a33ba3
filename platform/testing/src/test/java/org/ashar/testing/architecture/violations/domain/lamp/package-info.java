@NullMarked
package org.ashar.testing.architecture.violations.domain.lamp;

import org.jspecify.annotations.NullMarked;
