package org.ashar.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.ashar.tlog.NoteKey.Kind;

/** A private key under a name. Whoever holds its seed can sign: keep it from logs and answers. */
public final class NoteSigner {

    private final NoteKey key;
    private final byte[] seed;

    private NoteSigner(NoteKey key, byte[] seed) {
        this.key = key;
        this.seed = seed;
    }

    /** The signer with this seed of {@value Ed25519#KEY_BYTES} bytes (RFC 8032). */
    public static NoteSigner of(String name, Kind kind, byte[] seed) {
        if (seed.length != Ed25519.KEY_BYTES) {
            throw new IllegalArgumentException("a seed has " + Ed25519.KEY_BYTES + " bytes");
        }
        return new NoteSigner(NoteKey.of(name, kind, Ed25519.publicKey(seed)), seed.clone());
    }

    /** Its public half. */
    public NoteKey key() {
        return key;
    }

    /**
     * Signs a note's text.
     *
     * @param time POSIX seconds; only a cosignature holds it
     */
    public NoteSignature sign(String text, long time) {
        byte[] signature =
                switch (key.kind()) {
                    case ED25519 -> Ed25519.sign(seed, text.getBytes(UTF_8));
                    case COSIGNATURE ->
                            ByteBuffer.allocate(Long.BYTES + Ed25519.SIGNATURE_BYTES)
                                    .putLong(time)
                                    .put(Ed25519.sign(seed, NoteKey.cosigned(time, text)))
                                    .array();
                };
        return new NoteSignature(key.name(), key.id(), signature);
    }
}
