@NullMarked
package org.ashar.accountability.api;

import org.jspecify.annotations.NullMarked;
