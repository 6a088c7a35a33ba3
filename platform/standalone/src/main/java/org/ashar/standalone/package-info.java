/** Services, store and broker in one process on one data folder. */
@NullMarked
package org.ashar.standalone;

import org.jspecify.annotations.NullMarked;
