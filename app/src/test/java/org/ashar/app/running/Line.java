package org.ashar.app.running;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The way to a service on this machine, over which all its bytes pass. It can be cut, as if the
 * service were stopped, and stalled, as if it took connections and then thought for ever.
 */
final class Line implements AutoCloseable {
    private static final int BACKLOG = 50;
    private static final int PORTS = 100;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final SocketAddress service;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch flow = new CountDownLatch(0);
    private volatile ServerSocket listening;

    /** A line to the service that listens on {@code port}. */
    Line(int port) throws IOException {
        service = new InetSocketAddress(LOOPBACK, port);
        listening = listenNear(port);
    }

    /** Where whoever should use this line finds the service. */
    URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Connections break, new ones are refused. */
    void cut() throws IOException {
        listening.close();
        for (Socket end : ends) {
            end.close();
        }
    }

    /** Connections are accepted, and nothing passes. */
    void stall() {
        flow = new CountDownLatch(1);
    }

    /** Everything passes again, first of all what was held back. */
    void mend() throws IOException {
        flow.countDown();
        if (listening.isClosed()) {
            listening = listen(listening.getLocalPort());
        }
    }

    @Override
    public void close() throws IOException {
        flow.countDown();
        cut();
    }

    /** A port beside the service's own is none that is given to outgoing connections meanwhile. */
    private ServerSocket listenNear(int port) throws IOException {
        for (int next = port + 1; next < port + PORTS; next++) {
            try {
                return listen(next);
            } catch (BindException taken) {
                // the next one, then
            }
        }
        throw new IOException("no port is free near " + port);
    }

    private ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket(port, BACKLOG, LOOPBACK);
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        try {
            while (!socket.isClosed()) {
                Socket caller = socket.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            }
        } catch (IOException cut) {
            // nobody is let in until it is mended
        }
    }

    private void connect(Socket caller) {
        Socket called = new Socket();
        ends.addAll(List.of(caller, called));
        try {
            called.connect(service, PATIENCE_MILLIS);
        } catch (IOException refused) {
            // it is not connected: both ways end at once
        }
        Thread.ofVirtual().start(() -> carry(called, caller));
        carry(caller, called);
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int read = in.read(bytes); read >= 0 && passes(); read = in.read(bytes)) {
                out.write(bytes, 0, read);
            }
        } catch (IOException ended) {
            // one end is gone, and now the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ends.removeAll(List.of(from, to));
        }
    }

    /** Waits where it is stalled; a connection that came in while the line was cut ends here. */
    private boolean passes() throws InterruptedException {
        return flow.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && !listening.isClosed();
    }
}
