package org.ashar.standalone;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Finds free ports. They are taken from below the range that systems give to outgoing connections,
 * so that none of the connections made while starting gets one of them.
 */
final class Ports {
    private static final int LOWEST = 18_000;
    private static final int HIGHEST = 31_000;
    private static final int TRIES = 200;

    private final Random random;
    private final Set<Integer> given = new HashSet<>();

    Ports(Random random) {
        this.random = random;
    }

    /** A port of {@code host} that nobody listens on, and that was not given before. */
    int free(String host) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            try {
                if (given.add(port) && isFree(host, port)) {
                    return port;
                }
            } catch (IOException e) {
                throw new StandaloneException(
                        host + " cannot be listened on: " + e.getMessage(), e);
            }
        }
        throw new StandaloneException("no free port was found on " + host);
    }

    /** Throws {@link StandaloneException}, which names the port, where it is taken. */
    static void demandFree(String host, int port) {
        try {
            if (!isFree(host, port)) {
                throw new StandaloneException(
                        String.format(
                                Locale.ROOT,
                                "port %d of %s is taken by another program: stop that one, or choose another port with --port",
                                port,
                                host));
            }
        } catch (UnknownHostException e) {
            throw new StandaloneException("there is no host " + host + ": see --host", e);
        } catch (IOException e) {
            throw new StandaloneException(
                    String.format(
                            Locale.ROOT,
                            "port %d of %s cannot be listened on: %s",
                            port,
                            host,
                            e.getMessage()),
                    e);
        }
    }

    private static boolean isFree(String host, int port) throws IOException {
        InetAddress address = InetAddress.getAllByName(host)[0];
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port), 1);
            return socket.isBound();
        } catch (BindException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("assign requested address")) {
                throw new IOException(host + " is not an address of this machine", e);
            }
            if (message.contains("Permission denied")) {
                throw new IOException("ports below 1024 are the system's own", e);
            }
            return false;
        }
    }
}
