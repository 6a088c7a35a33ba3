@NullMarked
package org.ashar.accountability.contract.consumed;

import org.jspecify.annotations.NullMarked;
