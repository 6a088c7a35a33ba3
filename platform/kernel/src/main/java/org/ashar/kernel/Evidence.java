package org.ashar.kernel;

import java.net.URI;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is published about a file that proves something. The hash is in the event; the file is not.
 *
 * @param sha256 of the file
 * @param mediaType RFC 6838, for example {@code image/jpeg}
 * @param size in bytes
 * @param capturedOn the day it was made
 * @param place where it was made, if known
 * @param licence under which the public may use it (SPDX id or https link), if stated
 * @param facesConsented whether every recognisable person agreed to be shown; absent where none is
 *     shown
 * @param link an https address of the file, if it is public
 */
public record Evidence(
        Sha256 sha256,
        String mediaType,
        long size,
        LocalDate capturedOn,
        @Nullable PlaceRef place,
        @Nullable String licence,
        @Nullable Boolean facesConsented,
        @Nullable URI link) {}
