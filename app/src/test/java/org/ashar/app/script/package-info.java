@NullMarked
package org.ashar.app.script;

import org.jspecify.annotations.NullMarked;
