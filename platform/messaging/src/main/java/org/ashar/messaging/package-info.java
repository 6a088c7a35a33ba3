/**
 * Views: what a service keeps of other services' events, one document a stream, folded purely from
 * that stream's events and correct whatever arrives twice, late, broken or in another order between
 * streams.
 *
 * <p>A {@link org.ashar.messaging.ViewDefinition} says what to keep, a {@link
 * org.ashar.messaging.ViewRunner} keeps it, a {@link org.ashar.messaging.ViewReader} reads it. What
 * belongs together but comes from several streams is joined when reading, by flat fields.
 */
@NullMarked
package org.ashar.messaging;

import org.jspecify.annotations.NullMarked;
