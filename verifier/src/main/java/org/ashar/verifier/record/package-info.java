/**
 * The public record as the log gives it: a small fold of the events, and what a served document
 * says otherwise. Pure; knows nothing of how the service builds its own.
 */
@NullMarked
package org.ashar.verifier.record;

import org.jspecify.annotations.NullMarked;
