/** The public record as the pages read it: own small records with the fields that are shown. */
@NullMarked
package org.ashar.portal.publicrecord;

import org.jspecify.annotations.NullMarked;
