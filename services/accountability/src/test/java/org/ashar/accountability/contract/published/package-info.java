@NullMarked
package org.ashar.accountability.contract.published;

import org.jspecify.annotations.NullMarked;
