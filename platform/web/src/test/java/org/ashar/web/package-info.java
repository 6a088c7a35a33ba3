/** Requests over a real server, and the pieces on their own. */
@NullMarked
package org.ashar.web;

import org.jspecify.annotations.NullMarked;
