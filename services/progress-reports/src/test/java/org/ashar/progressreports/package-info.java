@NullMarked
package org.ashar.progressreports;

import org.jspecify.annotations.NullMarked;
