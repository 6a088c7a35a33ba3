package org.ashar.tlog;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) by the JDK, on raw keys. */
public final class Ed25519 {

    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    // What stands before the raw key in the encodings of RFC 8410.
    private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PRIVATE =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    private Ed25519() {}

    /** The 64 bytes of the signature of {@code message} with the key of this seed of 32 bytes. */
    public static byte[] sign(byte[] seed, byte[] message) {
        try {
            PrivateKey key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(new PKCS8EncodedKeySpec(joined(PRIVATE, seed)));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /**
     * The public key of a seed. The JDK computes it only when it generates a pair, which it does
     * from {@value Ed25519#KEY_BYTES} random bytes: here these are the seed.
     */
    public static byte[] publicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Known(seed));
            byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    static boolean verifies(byte[] publicKey, byte[] message, byte[] given) {
        try {
            PublicKey key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(joined(PUBLIC, publicKey)));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(given);
        } catch (GeneralSecurityException e) {
            // A key that is no point of the curve, a signature that is no number: verifies nothing.
            return false;
        }
    }

    private static byte[] joined(byte[] prefix, byte[] raw) {
        byte[] whole = new byte[prefix.length + raw.length];
        System.arraycopy(prefix, 0, whole, 0, prefix.length);
        System.arraycopy(raw, 0, whole, prefix.length, raw.length);
        return whole;
    }

    /** Gives the bytes that it was given. */
    private static final class Known extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte[] bytes;

        Known(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] wanted) {
            System.arraycopy(bytes, 0, wanted, 0, wanted.length);
        }
    }
}
