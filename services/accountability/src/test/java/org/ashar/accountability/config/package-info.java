@NullMarked
package org.ashar.accountability.config;

import org.jspecify.annotations.NullMarked;
