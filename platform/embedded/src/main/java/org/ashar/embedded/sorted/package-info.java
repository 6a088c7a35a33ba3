/**
 * An ordered map of bytes on disk: a journal, a table in memory, immutable sorted files, and a
 * manifest that names the files that count. Files are written once, forced to disk, and only then
 * named, so that no power cut can harm what was there before.
 */
@NullMarked
package org.ashar.embedded.sorted;

import org.jspecify.annotations.NullMarked;
