package org.ashar.accountability.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ashar.tlog.Ed25519;

/**
 * A key that deliveries are signed with, after Standard Webhooks 1.0: {@code
 * <webhook-id>.<webhook-timestamp>.<body>}, by HMAC-SHA256 ({@code v1}) or Ed25519 ({@code v1a}).
 */
public final class SigningKey {

    /** Which signature. */
    public enum Kind {
        /** With a secret that sender and receiver share. */
        HMAC("v1,"),
        /** With a secret that the sender alone has; the receiver has the public key. */
        ED25519("v1a,");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Kind kind;
    private final byte[] secret;

    private SigningKey(Kind kind, byte[] secret) {
        this.kind = kind;
        this.secret = secret;
    }

    /** A new key, which nobody else has. */
    static SigningKey random(Kind kind) {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return new SigningKey(kind, secret);
    }

    /**
     * The key with these bytes.
     *
     * @param secret for Ed25519 the 32 bytes of its seed (RFC 8032)
     */
    static SigningKey of(Kind kind, byte[] secret) {
        return new SigningKey(kind, secret.clone());
    }

    Kind kind() {
        return kind;
    }

    byte[] secret() {
        return secret.clone();
    }

    /** What the receiver is to be told once and nobody else ever; empty where there is nothing. */
    Optional<String> sharedSecret() {
        return kind == Kind.HMAC ? Optional.of("whsec_" + base64(secret)) : Optional.empty();
    }

    /** What anyone may know; empty where there is nothing. */
    Optional<String> publicKey() {
        return kind == Kind.ED25519
                ? Optional.of("whpk_" + base64(Ed25519.publicKey(secret)))
                : Optional.empty();
    }

    /**
     * The signature of a delivery, as it stands in {@code webhook-signature}.
     *
     * @param id without a full stop
     * @param timestamp POSIX seconds
     */
    String sign(String id, long timestamp, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + 80);
        signed.writeBytes((id + "." + timestamp + ".").getBytes(UTF_8));
        signed.writeBytes(body);
        byte[] message = signed.toByteArray();
        return kind.prefix
                + base64(
                        switch (kind) {
                            case HMAC -> hmac(message);
                            case ED25519 -> Ed25519.sign(secret, message);
                        });
    }

    private byte[] hmac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return kind + " key";
    }
}
