@NullMarked
package org.ashar.places;

import org.jspecify.annotations.NullMarked;
