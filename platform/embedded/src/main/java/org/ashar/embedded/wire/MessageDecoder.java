package org.ashar.embedded.wire;

import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CorruptedFrameException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes requests, after a look at their lengths. The front end knows no messages that want no
 * answer and would close their connection, losing the write: the flag is taken off here and
 * remembered.
 */
final class MessageDecoder extends MongoWireProtocolHandler {
    private static final int OP_MSG = 2013;
    private static final int OP_CODE = 12;
    private static final int FLAGS = 16;
    private static final int MORE_TO_COME = 1 << 1;

    @Override
    protected @Nullable ClientRequest decode(ChannelHandlerContext context, ByteBuf in)
            throws Exception {
        boolean unanswered = false;
        int start = in.readerIndex();
        if (isWhole(in, start)) {
            MessageBounds.check(in, start, in.getIntLE(start));
            int flags = in.getIntLE(start + FLAGS);
            if (in.getIntLE(start + OP_CODE) == OP_MSG && (flags & MORE_TO_COME) != 0) {
                unanswered = true;
                in.setIntLE(start + FLAGS, flags & ~MORE_TO_COME);
            }
        }
        ClientRequest request = super.decode(context, in);
        return unanswered && request instanceof MongoMessage message
                ? new UnansweredMessage(
                        message.getChannel(), message.getHeader(), message.getDocument())
                : request;
    }

    private static boolean isWhole(ByteBuf in, int start) {
        if (in.readableBytes() < Integer.BYTES) {
            return false;
        }
        int length = in.getIntLE(start);
        if (length < FLAGS + Integer.BYTES) {
            throw new CorruptedFrameException("a message shorter than its header");
        }
        return in.readableBytes() >= length;
    }
}
