package org.ashar.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.kernel.Checked;

/**
 * A key that signs notes, as its public half (C2SP signed-note): who signs, how, and the raw
 * Ed25519 key. Written as a vkey: {@code name+hash+base64}.
 */
public final class NoteKey {

    /** What a signature under a key covers, and the first byte of the encoded key. */
    public enum Kind {
        /** The note's text: the log's own signature. */
        ED25519((byte) 0x01),
        /** A time and the note's text: a witness's cosignature (C2SP tlog-cosignature). */
        COSIGNATURE((byte) 0x04);

        private final byte code;

        Kind(byte code) {
            this.code = code;
        }
    }

    private static final int LONGEST_NAME = 255;
    private static final Pattern VKEY =
            Pattern.compile("([^+\\s]{1,255})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+={0,2})");

    private final String name;
    private final Kind kind;
    private final byte[] raw;

    private NoteKey(String name, Kind kind, byte[] raw) {
        this.name = name;
        this.kind = kind;
        this.raw = raw;
    }

    /** The key with these {@value Ed25519#KEY_BYTES} bytes; throws on a name that is none. */
    public static NoteKey of(String name, Kind kind, byte[] raw) {
        if (!isName(name) || raw.length != Ed25519.KEY_BYTES) {
            throw new IllegalArgumentException("no key: " + name);
        }
        return new NoteKey(name, kind, raw.clone());
    }

    /** Reads a vkey. */
    public static Checked<NoteKey> parse(String vkey) {
        Matcher matcher = VKEY.matcher(vkey);
        if (!matcher.matches() || !isName(matcher.group(1))) {
            return Checked.invalid("vkey.malformed");
        }
        byte[] encoded;
        try {
            encoded = Base64.getDecoder().decode(matcher.group(3));
        } catch (IllegalArgumentException e) {
            return Checked.invalid("vkey.malformed");
        }
        if (encoded.length != 1 + Ed25519.KEY_BYTES) {
            return Checked.invalid("vkey.unknown-type");
        }
        for (Kind kind : Kind.values()) {
            if (kind.code == encoded[0]) {
                NoteKey key =
                        new NoteKey(
                                matcher.group(1),
                                kind,
                                Arrays.copyOfRange(encoded, 1, encoded.length));
                return key.vkey().equals(vkey)
                        ? Checked.valid(key)
                        : Checked.invalid("vkey.wrong-hash");
            }
        }
        return Checked.invalid("vkey.unknown-type");
    }

    /** Not empty, no space of any kind, no plus sign, no control character. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.codePoints()
                        .noneMatch(
                                c ->
                                        c == '+'
                                                || Character.isWhitespace(c)
                                                || Character.isSpaceChar(c)
                                                || Character.isISOControl(c));
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the raw key is the same, whatever it is named and used for. */
    boolean isSameKeyAs(NoteKey other) {
        return Arrays.equals(raw, other.raw);
    }

    /** The first four bytes of SHA-256(name || 0x0A || kind || raw key), as a number. */
    public int id() {
        MessageDigest digest = Hash.sha256();
        digest.update(name.getBytes(UTF_8));
        digest.update((byte) '\n');
        digest.update(kind.code);
        return ByteBuffer.wrap(digest.digest(raw)).getInt();
    }

    /** {@code name+hash+base64}. */
    public String vkey() {
        byte[] encoded = new byte[1 + raw.length];
        encoded[0] = kind.code;
        System.arraycopy(raw, 0, encoded, 1, raw.length);
        return name
                + "+"
                + HexFormat.of().toHexDigits(id())
                + "+"
                + Base64.getEncoder().encodeToString(encoded);
    }

    /** Whether {@code signature}, without its key id, is this key's over {@code text}. */
    boolean verifies(String text, byte[] signature) {
        return switch (kind) {
            case ED25519 ->
                    signature.length == Ed25519.SIGNATURE_BYTES
                            && Ed25519.verifies(raw, text.getBytes(UTF_8), signature);
            case COSIGNATURE -> {
                if (signature.length != Long.BYTES + Ed25519.SIGNATURE_BYTES) {
                    yield false;
                }
                ByteBuffer fields = ByteBuffer.wrap(signature);
                long time = fields.getLong();
                byte[] rest = new byte[Ed25519.SIGNATURE_BYTES];
                fields.get(rest);
                yield time >= 0 && Ed25519.verifies(raw, cosigned(time, text), rest);
            }
        };
    }

    /** What a witness signs: the time in POSIX seconds, then the whole text. */
    static byte[] cosigned(long time, String text) {
        return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteKey key && vkey().equals(key.vkey());
    }

    @Override
    public int hashCode() {
        return vkey().hashCode();
    }

    @Override
    public String toString() {
        return vkey();
    }
}
