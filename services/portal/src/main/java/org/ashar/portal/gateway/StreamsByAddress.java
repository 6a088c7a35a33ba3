package org.ashar.portal.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;

/**
 * How many streams each address has open, so that no one of them can have all there are. A network
 * of IPv6 (64 bits) is one address, since one household has it whole. This machine is not counted:
 * behind it are all who come through a proxy that does not say for whom it asks.
 */
final class StreamsByAddress {

    private static final int NETWORK = 8;

    private final int most;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    StreamsByAddress(int most) {
        this.most = most;
    }

    /**
     * Counts one more, and answers what ends it, to be run once. Ends the request with a 429 where
     * there are as many as may be.
     */
    Runnable enter(String address) {
        String key = key(address);
        if (key.isEmpty()) {
            return () -> {};
        }
        if (open.merge(key, 1, Integer::sum) > most) {
            leave(key);
            throw new ProblemException(
                    Problem.of(
                                    429,
                                    "portal.too-many-streams",
                                    Map.of("limit", Integer.toString(most)))
                            .with("Retry-After", "60"));
        }
        return () -> leave(key);
    }

    private void leave(String key) {
        open.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    }

    private static String key(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            if (address.isLoopbackAddress()) {
                return "";
            }
            byte[] bytes = address.getAddress();
            return HexFormat.of()
                    .formatHex(
                            address instanceof Inet6Address
                                    ? Arrays.copyOf(bytes, NETWORK)
                                    : bytes);
        } catch (IllegalArgumentException e) {
            return text; // a proxy may give those it asks for other names
        }
    }
}
