@NullMarked
package org.ashar.app.compose;

import org.jspecify.annotations.NullMarked;
