package org.ashar.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ashar.kernel.Checked;

/** The bytes of an entry bundle (C2SP tlog-tiles): each entry behind its length in two bytes. */
public final class EntryBundle {

    /** The longest entry that a bundle can hold, in bytes. */
    public static final int LONGEST_ENTRY = 0xffff;

    private EntryBundle() {}

    /** The bundle of up to 256 entries; throws on an entry over {@link #LONGEST_ENTRY} bytes. */
    public static byte[] of(List<byte[]> entries) {
        int size = entries.stream().mapToInt(entry -> 2 + entry.length).sum();
        ByteBuffer bundle = ByteBuffer.allocate(size);
        for (byte[] entry : entries) {
            if (entry.length > LONGEST_ENTRY) {
                throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
            }
            bundle.putShort((short) entry.length).put(entry);
        }
        return bundle.array();
    }

    /** The {@code width} entries of a bundle, which holds exactly these. */
    public static Checked<List<byte[]>> parse(byte[] bundle, int width) {
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        List<byte[]> entries = new ArrayList<>();
        while (rest.remaining() >= 2 && entries.size() < width) {
            int length = Short.toUnsignedInt(rest.getShort());
            if (length > rest.remaining()) {
                return Checked.invalid("bundle.truncated");
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        return entries.size() == width && !rest.hasRemaining()
                ? Checked.valid(entries)
                : Checked.invalid("bundle.wrong-width", Map.of("width", Integer.toString(width)));
    }
}
