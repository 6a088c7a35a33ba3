@NullMarked
package org.ashar.messaging;

import org.jspecify.annotations.NullMarked;
