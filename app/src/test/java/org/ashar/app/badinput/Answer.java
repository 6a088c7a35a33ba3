package org.ashar.app.badinput;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back. Names of headers are in small letters. */
record Answer(int status, Map<String, String> headers, String text) {

    private static final int PATIENCE = 20_000;

    static Answer of(HttpResponse<byte[]> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach(
                        (name, values) ->
                                headers.put(
                                        name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return new Answer(response.statusCode(), headers, new String(response.body(), UTF_8));
    }

    /** Writes {@code text} to the door as it is, and reads until it is closed. */
    static Answer ofBare(URI door, String text) throws IOException {
        try (Socket socket = new Socket(door.getHost(), door.getPort())) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return parsed(everything(socket.getInputStream()));
        }
    }

    private static byte[] everything(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8_192];
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                all.write(some, 0, read);
            }
        } catch (SocketException e) {
            // It closes on those who still have something to say; what it said before counts.
            assertThat(all.size()).as("answered nothing: " + e.getMessage()).isPositive();
        }
        return all.toByteArray();
    }

    private static Answer parsed(byte[] bytes) {
        String head = new String(bytes, ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        assertThat(head).startsWith("HTTP/1.1 ").contains("\r\n\r\n");
        List<String> lines = head.substring(0, end).lines().toList();
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Answer(
                Integer.parseInt(lines.getFirst().substring(9, 12)),
                headers,
                new String(bytes, end + 4, length, UTF_8));
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(text);
    }
}
