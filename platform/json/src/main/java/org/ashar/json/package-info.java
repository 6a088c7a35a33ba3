/**
 * How kernel values are written and read as JSON, the same in commits, published events and
 * answers.
 */
@NullMarked
package org.ashar.json;

import org.jspecify.annotations.NullMarked;
