@NullMarked
package org.ashar.app.demo;

import org.jspecify.annotations.NullMarked;
