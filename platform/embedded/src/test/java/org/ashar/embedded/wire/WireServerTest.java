package org.ashar.embedded.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoBackend;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ashar.embedded.journal.Journal;
import org.junit.jupiter.api.Test;

final class WireServerTest {

    @Test
    void who_cannot_be_answered_does_not_wait_for_ever() throws IOException {
        MongoBackend broken =
                (MongoBackend)
                        Proxy.newProxyInstance(
                                MongoBackend.class.getClassLoader(),
                                new Class<?>[] {MongoBackend.class},
                                (_, method, _) -> {
                                    if (method.getName().equals("handleCommand")) {
                                        throw new StackOverflowError("scripted");
                                    }
                                    return null;
                                });
        try (WireServer server = WireServer.start(broken, Journal.discarding(), 0);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(ping());
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static byte[] ping() {
        ByteBuffer message = ByteBuffer.allocate(50).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(50).putInt(1).putInt(0).putInt(2013).putInt(0).put((byte) 0);
        message.putInt(29).put((byte) 0x10).put("ping\0".getBytes(US_ASCII)).putInt(1);
        message.put((byte) 2).put("$db\0".getBytes(US_ASCII)).putInt(5);
        return message.put("test\0".getBytes(US_ASCII)).put((byte) 0).array();
    }
}
