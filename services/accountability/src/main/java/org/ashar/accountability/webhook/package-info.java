/**
 * Webhooks: the log's entries given to subscribers by HTTP, each signed, in the log's order, at
 * least once.
 */
@NullMarked
package org.ashar.accountability.webhook;

import org.jspecify.annotations.NullMarked;
