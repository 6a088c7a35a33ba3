/** A service that breaks every rule, once each. */
@NullMarked
package org.ashar.testing.architecture.violations;

import org.jspecify.annotations.NullMarked;
