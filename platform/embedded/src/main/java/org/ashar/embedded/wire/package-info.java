/** The MongoDB wire protocol: connections, order of answers, and when an answer may be given. */
@NullMarked
package org.ashar.embedded.wire;

import org.jspecify.annotations.NullMarked;
