package org.ashar.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Streams of events at the public door, each read as it comes. */
final class Followers implements AutoCloseable {

    private static final String ID = "\"id\":\"";

    private final List<Socket> sockets = new ArrayList<>();

    /**
     * Follows the log from now on.
     *
     * @param query after the path, such as {@code ?commitment=…}
     * @param heard hears the id of each event
     */
    void follow(URI door, String query, Consumer<String> heard) throws IOException {
        Socket socket = new Socket(door.getHost(), door.getPort());
        sockets.add(socket);
        socket.getOutputStream()
                .write(
                        ("GET /api/ledger/stream" + query + " HTTP/1.0\r\nHost: x\r\n\r\n")
                                .getBytes(UTF_8));
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String status = lines.readLine();
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("a follower is answered " + status);
        }
        Thread.ofVirtual().start(() -> read(socket, lines, heard));
    }

    private static void read(Socket socket, BufferedReader lines, Consumer<String> heard) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int id = line.startsWith("data: ") ? line.lastIndexOf(ID) : -1;
                if (id >= 0) {
                    int from = id + ID.length();
                    heard.accept(line.substring(from, line.indexOf('"', from)));
                }
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
