@NullMarked
package org.ashar.eventstore;

import org.jspecify.annotations.NullMarked;
