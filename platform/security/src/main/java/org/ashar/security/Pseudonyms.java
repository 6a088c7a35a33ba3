package org.ashar.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names persons in events so that only the holder of the installation's secret could find out who
 * they are: HMAC-SHA-256(secret, issuer|subject) in lower-case hex.
 *
 * <p>Guarantee: the same person has the same pseudonym for as long as the secret is kept. Losing
 * the secret makes everyone a stranger; leaking it lets anyone test guesses.
 */
public final class Pseudonyms {

    private static final int LEAST_BYTES = 32;

    private final SecretKey secret;

    /** Throws {@link IllegalArgumentException} on a secret of fewer than 32 bytes of UTF-8. */
    public Pseudonyms(String secret) {
        byte[] bytes = secret.getBytes(UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "the installation's secret has fewer than " + LEAST_BYTES + " bytes");
        }
        this.secret = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** The pseudonym of this subject at this issuer. */
    public String of(String issuer, String subject) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal((issuer + "|" + subject).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
