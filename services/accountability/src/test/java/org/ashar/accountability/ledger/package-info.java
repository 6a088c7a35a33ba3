@NullMarked
package org.ashar.accountability.ledger;

import org.jspecify.annotations.NullMarked;
