@NullMarked
package org.ashar.portal.pages;

import org.jspecify.annotations.NullMarked;
