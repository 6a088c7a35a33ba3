package org.ashar.accountability.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.ashar.kernel.Checked;

/**
 * The address that a subscriber wants to be called at.
 *
 * @param uri absolute, http or https, with a host, without user and fragment
 */
public record Target(URI uri) {

    private static final int LONGEST = 2_000;
    private static final Set<Integer> PORTS = Set.of(80, 443, 8080, 8443);

    /** Names in ASCII alone: what looks like a digit and is none cannot hide an address. */
    private static final Pattern NAME =
            Pattern.compile(
                    "(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
                            + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*",
                    Pattern.CASE_INSENSITIVE);

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

    /**
     * Whatever ends in a number is an address to some resolver: 127.1, 0x7f000001, 017700000001.
     */
    private static final Pattern ENDS_IN_NUMBER =
            Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]{2,45}]");

    /**
     * Reads an address; or the code of what is wrong with it. Where it leads is not asked.
     *
     * @param open whether any port is allowed, and names of one part
     */
    static Checked<Target> parse(String text, boolean open) {
        if (text.length() > LONGEST || text.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
            return malformed();
        }
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
                return Checked.invalid("webhook.not-http");
            }
            if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
                return Checked.invalid("webhook.names-a-user");
            }
            String host = uri.getHost();
            if (host == null || uri.getRawFragment() != null || !isHost(host)) {
                return malformed();
            }
            if (!open && !PORTS.contains(port(uri))) {
                return Checked.invalid("webhook.port-not-allowed");
            }
            return open || host.contains(".") || host.startsWith("[")
                    ? Checked.valid(new Target(uri))
                    : Checked.invalid("webhook.address-not-public");
        } catch (URISyntaxException e) {
            return malformed();
        }
    }

    /** The host as it is looked up: without the brackets of IPv6. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return IPV6.matcher(host).matches();
        }
        return NAME.matcher(host).matches()
                && (!ENDS_IN_NUMBER.matcher(host).matches() || IPV4.matcher(host).matches());
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static Checked<Target> malformed() {
        return Checked.invalid("webhook.malformed-address");
    }
}
