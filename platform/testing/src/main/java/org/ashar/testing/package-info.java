/** What tests of every module build on. */
@NullMarked
package org.ashar.testing;

import org.jspecify.annotations.NullMarked;
