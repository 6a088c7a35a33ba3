package org.ashar.accountability.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import org.ashar.json.AsharJson;

/** Follows the log as a browser does. */
final class EventReader implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader lines;

    /**
     * @param last the last id that was heard; empty where none was
     */
    EventReader(URI base, String query, String last) throws IOException {
        socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout(20_000);
        String request =
                "GET /api/ledger/stream%s HTTP/1.0\r\nHost: x\r\nLast-Event-ID: %s\r\n\r\n"
                        .formatted(query, last);
        socket.getOutputStream().write(request.getBytes(UTF_8));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String status = lines.readLine();
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("no stream: " + status);
        }
    }

    /** The last id that is told before anything comes. */
    long place() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                return Long.parseLong(line.substring(4));
            }
        }
        throw new EOFException("the stream has ended");
    }

    /** Index and event id of what comes next. */
    Map.Entry<Long, String> next() throws IOException {
        long index = -1;
        String data = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                index = Long.parseLong(line.substring(4));
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && data != null) {
                return Map.entry(index, AsharJson.strict().readTree(data).path("id").asString());
            }
        }
        throw new EOFException("the stream has ended");
    }

    /** Lets the system hold little of what is not taken. */
    void takeLittle() throws IOException {
        socket.setReceiveBufferSize(4 * 1024);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
