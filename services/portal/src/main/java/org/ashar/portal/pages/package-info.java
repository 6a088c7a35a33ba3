/** The pages that people read: choosing a place, a place's record, a commitment's record. */
@NullMarked
package org.ashar.portal.pages;

import org.jspecify.annotations.NullMarked;
