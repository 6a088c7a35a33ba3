package org.ashar.tlog;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) by the JDK, on raw keys. */
final class Ed25519 {

    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    // What stands before the raw key in the encodings of RFC 8410.
    private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PRIVATE =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    private Ed25519() {}

    static byte[] sign(byte[] seed, byte[] message) {
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
}
