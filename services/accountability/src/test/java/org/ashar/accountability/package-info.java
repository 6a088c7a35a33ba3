@NullMarked
package org.ashar.accountability;

import org.jspecify.annotations.NullMarked;
