package org.ashar.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Takes a mongod's arguments and listens as one does; answers nothing. */
final class FakeMongod {
    private FakeMongod() {}

    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        int port = Integer.parseInt(given.get(given.indexOf("--port") + 1));
        String host = given.get(given.indexOf("--bind_ip") + 1);
        try (ServerSocket server = new ServerSocket(port, 10, InetAddress.getAllByName(host)[0])) {
            System.out.println("listening on " + port);
            while (true) {
                try (Socket client = server.accept()) {
                    System.out.println("connection from " + client.getRemoteSocketAddress());
                }
            }
        }
    }
}
