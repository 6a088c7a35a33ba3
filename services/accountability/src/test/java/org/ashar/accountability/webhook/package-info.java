@NullMarked
package org.ashar.accountability.webhook;

import org.jspecify.annotations.NullMarked;
