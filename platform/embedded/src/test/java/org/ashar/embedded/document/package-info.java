@NullMarked
package org.ashar.embedded.document;

import org.jspecify.annotations.NullMarked;
