/**
 * Databases, collections and ordered indexes on top of the sorted store, in the shapes that the
 * MongoDB front end asks for.
 */
@NullMarked
package org.ashar.embedded.document;

import org.jspecify.annotations.NullMarked;
