package org.ashar.embedded.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;

/**
 * Holds the lengths and the depth that a message states against the bytes that are there, before
 * anything is decoded: the decoder would take the memory first, and recurse as deep as told.
 */
final class MessageBounds {
    private static final int OP_MSG = 2013;
    private static final int OP_QUERY = 2004;
    private static final int OP_CODE = 12;
    private static final int HEADER = 16;
    private static final int CHECKSUM_PRESENT = 1;
    private static final int LEAST_DOCUMENT = 5;
    private static final int DEEPEST = 200;

    private final ByteBuf in;
    private final int end;
    private int at;

    private MessageBounds(ByteBuf in, int start, int end) {
        this.in = in;
        this.at = start;
        this.end = end;
    }

    /**
     * Checks the whole message that begins at {@code start}.
     *
     * @throws CorruptedFrameException it states what it does not hold
     */
    static void check(ByteBuf in, int start, int length) {
        MessageBounds bounds = new MessageBounds(in, start + HEADER, start + length);
        switch (in.getIntLE(start + OP_CODE)) {
            case OP_MSG -> bounds.sections();
            case OP_QUERY -> bounds.query();
            default -> throw new CorruptedFrameException("an operation that is not served");
        }
    }

    private void sections() {
        int flags = number();
        int last = end - ((flags & CHECKSUM_PRESENT) == 0 ? 0 : Integer.BYTES);
        while (at < last) {
            switch (in.getByte(skip(1))) {
                case 0 -> document(last, 0);
                case 1 -> sequence(last);
                default -> throw new CorruptedFrameException("a section of an unknown kind");
            }
        }
    }

    private void sequence(int last) {
        int start = at;
        int length = number();
        if (length < Integer.BYTES || length > last - start) {
            throw new CorruptedFrameException("a section longer than its message");
        }
        name(start + length);
        while (at < start + length) {
            document(start + length, 0);
        }
    }

    private void query() {
        skip(Integer.BYTES);
        name(end);
        skip(2 * Integer.BYTES);
        while (at < end) {
            document(end, 0);
        }
    }

    private void document(int limit, int depth) {
        int start = at;
        int length = number();
        if (length < LEAST_DOCUMENT || length > limit - start || depth > DEEPEST) {
            throw new CorruptedFrameException("a document longer or deeper than may be");
        }
        int last = start + length - 1;
        while (at < last) {
            byte type = in.getByte(skip(1));
            name(last);
            value(type, last, depth);
        }
        if (at != last || in.getByte(skip(1)) != 0) {
            throw new CorruptedFrameException("a document that does not end where it says");
        }
    }

    private void value(byte type, int limit, int depth) {
        switch (type) {
            case 0x02, 0x0d -> counted(1, 0);
            case 0x03, 0x04 -> document(limit, depth + 1);
            case 0x05 -> counted(0, 1);
            case 0x06, 0x0a, 0x7f, -1 -> skip(0);
            case 0x07 -> skip(12);
            case 0x08 -> skip(1);
            case 0x0b -> {
                name(limit);
                name(limit);
            }
            case 0x10 -> skip(Integer.BYTES);
            case 0x01, 0x09, 0x11, 0x12 -> skip(Long.BYTES);
            case 0x13 -> skip(2 * Long.BYTES);
            default -> throw new CorruptedFrameException("a value of an unknown type");
        }
    }

    /** A length, so many bytes more, and as many as it says. */
    private void counted(int least, int more) {
        int length = number();
        if (length < least) {
            throw new CorruptedFrameException("a length below " + least);
        }
        skip(more);
        skip(length);
    }

    private void name(int limit) {
        int length = at < limit ? in.bytesBefore(at, limit - at, (byte) 0) : -1;
        if (length < 0) {
            throw new CorruptedFrameException("a name without an end");
        }
        at += length + 1;
    }

    private int number() {
        return in.getIntLE(skip(Integer.BYTES));
    }

    /** Passes over bytes that must be there; returns where they begin. */
    private int skip(int count) {
        if (count > end - at) {
            throw new CorruptedFrameException("a length beyond the end of the message");
        }
        int from = at;
        at += count;
        return from;
    }
}
