package org.ashar.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to (W3C Trace Context): the one it brings, or a new one.
 *
 * @param traceparent {@code 00-<trace id>-<span id>-<flags>}
 */
record Trace(String traceparent) {

    private static final String ATTRIBUTE = Trace.class.getName();
    private static final Pattern FORM =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** 32 hex digits. */
    String id() {
        return traceparent.substring(3, 35);
    }

    /** The same for as long as the request lasts. */
    static Trace of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Trace known) {
            return known;
        }
        Trace trace = of(request.getHeader("traceparent"));
        request.setAttribute(ATTRIBUTE, trace);
        return trace;
    }

    private static Trace of(@Nullable String header) {
        if (header != null && FORM.matcher(header).matches()) {
            return new Trace(header);
        }
        return new Trace("00-" + random(16) + "-" + random(8) + "-01");
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        random[0] |= 1;
        return HexFormat.of().formatHex(random);
    }
}
