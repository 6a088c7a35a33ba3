package org.ashar.embedded.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.bson.BsonBinaryWriter;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Test;

/** What is sent by somebody who means harm or has lost count. */
final class MessageDecoderTest {
    private static final int BODY = 21;

    private static byte[] bson(org.bson.Document document) {
        try (BasicOutputBuffer out = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            new DocumentCodec().encode(writer, document, EncoderContext.builder().build());
            return out.toByteArray();
        }
    }

    private static ByteBuf message(byte[] body) {
        return Unpooled.buffer()
                .writeIntLE(BODY + body.length)
                .writeIntLE(1)
                .writeIntLE(0)
                .writeIntLE(2013)
                .writeIntLE(0)
                .writeByte(0)
                .writeBytes(body);
    }

    private static Document decoded(ByteBuf message) {
        EmbeddedChannel channel = new EmbeddedChannel(new MessageDecoder());
        channel.writeInbound(message);
        MongoMessage request = channel.readInbound();
        return request.getDocument();
    }

    @Test
    void every_kind_of_value_passes() {
        org.bson.Document all =
                org.bson.Document.parse(
                        """
                        {"insert": "c", "d": 1.5, "i": 1, "l": {"$numberLong": "9"}, "b": true,
                         "n": null, "t": {"$date": 0}, "o": {"$oid": "0123456789abcdef01234567"},
                         "a": [1, [2, {"x": "y"}]], "r": {"$regularExpression": {"pattern": "^a",
                         "options": "i"}}, "e": {}, "s": "",
                         "m": {"$minKey": 1}, "M": {"$maxKey": 1}, "T": {"$timestamp": {"t": 1, "i": 2}},
                         "q": {"$numberDecimal": "1.5"},
                         "B": {"$binary": {"base64": "AAEC", "subType": "00"}}, "$db": "test"}
                        """);
        assertThat(decoded(message(bson(all))).keySet()).isEqualTo(all.keySet());
    }

    @Test
    void a_length_that_is_not_there_is_refused_before_memory_is_taken_for_it() {
        byte[] text = bson(new org.bson.Document("insert", "abc"));
        byte[] binary = bson(new org.bson.Document("insert", new byte[] {1, 2, 3}));
        byte[] nested = bson(new org.bson.Document("insert", new org.bson.Document("a", 1)));
        int value = BODY + Integer.BYTES + 1 + "insert".length() + 1;
        for (byte[] body : List.of(text, binary, nested)) {
            for (int length : List.of(Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1_000_000)) {
                refused(body, in -> in.setIntLE(value, length));
                refused(body, in -> in.setIntLE(BODY, length));
            }
        }
        for (int length : List.of(Integer.MIN_VALUE, -1, 0, 3, 15, 48_000_001)) {
            refused(text, in -> in.setIntLE(0, length));
        }
    }

    private static void refused(byte[] body, Consumer<ByteBuf> change) {
        ByteBuf message = message(body);
        change.accept(message);
        assertThatThrownBy(() -> decoded(message)).isInstanceOf(DecoderException.class);
    }

    @Test
    void a_document_nested_without_end_is_refused() {
        org.bson.Document deep = new org.bson.Document("end", 1);
        for (int i = 0; i < 150; i++) {
            deep = new org.bson.Document("a", deep);
        }
        assertThat(decoded(message(bson(deep)))).containsKey("a");

        byte[] bottomless = nested(100_000);
        assertThatThrownBy(() -> decoded(message(bottomless))).isInstanceOf(DecoderException.class);
    }

    private static byte[] nested(int depth) {
        int size = 5 + 7 * depth;
        ByteBuf out = Unpooled.buffer(size);
        for (int i = 0; i < depth; i++) {
            out.writeIntLE(size - 7 * i).writeByte(3).writeByte(0);
        }
        out.writeIntLE(5).writeZero(1 + depth);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    @Test
    void whatever_bytes_come_they_are_decoded_or_refused() {
        long seed = new Random().nextLong();
        System.out.println("MessageDecoderTest seed " + seed);
        Random random = new Random(seed);
        byte[] body =
                bson(
                        new org.bson.Document(
                                Map.of("insert", "c", "x", List.of("a", new byte[9], 1L))));
        for (int round = 0; round < 20_000; round++) {
            ByteBuf message = message(body);
            for (int i = random.nextInt(4); i >= 0; i--) {
                message.setByte(
                        16 + random.nextInt(message.readableBytes() - 16), random.nextInt());
            }
            try {
                assertThat(decoded(message)).isNotNull();
            } catch (DecoderException e) {
                assertThat(e).isNotNull();
            }
        }
    }
}
