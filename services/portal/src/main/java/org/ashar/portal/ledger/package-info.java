/** What the portal knows of the ledger: how it asks for it, and what it makes of the answers. */
@NullMarked
package org.ashar.portal.ledger;

import org.jspecify.annotations.NullMarked;
