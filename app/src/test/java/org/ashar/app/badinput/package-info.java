/** Everything that may be sent wrongly, and the proof that it changes nothing: one table. */
@NullMarked
package org.ashar.app.badinput;

import org.jspecify.annotations.NullMarked;
