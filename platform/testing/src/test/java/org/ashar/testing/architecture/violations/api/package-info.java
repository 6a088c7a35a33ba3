@NullMarked
package org.ashar.testing.architecture.violations.api;

import org.jspecify.annotations.NullMarked;
