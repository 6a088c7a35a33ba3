package org.ashar.embedded.wire;

import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Decodes requests. The front end knows no messages that want no answer and would close their
 * connection, losing the write: the flag is taken off here and remembered.
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
        if (in.readableBytes() >= FLAGS + Integer.BYTES && in.getIntLE(start + OP_CODE) == OP_MSG) {
            int flags = in.getIntLE(start + FLAGS);
            boolean whole = in.readableBytes() >= in.getIntLE(start);
            if (whole && (flags & MORE_TO_COME) != 0) {
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
}
