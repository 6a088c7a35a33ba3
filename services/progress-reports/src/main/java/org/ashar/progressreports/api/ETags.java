package org.ashar.progressreports.api;

import java.util.Arrays;
import java.util.HexFormat;
import org.ashar.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/** ETags of documents that rest on many streams: other facts, another tag. */
final class ETags {

    private ETags() {}

    static String of(@Nullable Object... facts) {
        byte[] digest =
                Sha256.ofParts(Arrays.stream(facts).map(String::valueOf).toArray(String[]::new));
        return "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
    }
}
