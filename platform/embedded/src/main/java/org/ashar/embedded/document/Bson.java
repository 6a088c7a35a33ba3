package org.ashar.embedded.document;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;

/**
 * Documents as bytes. What is read is always a fresh copy, so that nobody changes what is stored.
 */
final class Bson {
    private static final int TOO_LARGE = 10334;

    private Bson() {}

    /** A field that a document of our own always has. */
    static <T> T field(Document document, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(document.get(name), name));
    }

    static byte[] encode(Document document) {
        ByteBuf buffer = Unpooled.buffer(512);
        try {
            BsonEncoder.encodeDocument(document, buffer);
            if (buffer.readableBytes() > BsonConstants.MAX_BSON_OBJECT_SIZE) {
                throw new MongoServerError(
                        TOO_LARGE, "BSONObjectTooLarge", "the document is larger than 16 MiB");
            }
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            return bytes;
        } finally {
            buffer.release();
        }
    }

    static Document decode(byte[] bytes) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }
}
