@NullMarked
package org.ashar.portal.ledger;

import org.jspecify.annotations.NullMarked;
