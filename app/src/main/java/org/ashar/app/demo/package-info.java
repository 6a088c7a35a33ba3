/**
 * The demonstration: two years of promises of 44 aimaks, told through the public HTTP API alone.
 */
@NullMarked
package org.ashar.app.demo;

import org.jspecify.annotations.NullMarked;
