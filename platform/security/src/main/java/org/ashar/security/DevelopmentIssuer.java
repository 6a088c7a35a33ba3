package org.ashar.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens to whoever can read its folder of keys: for trying Ashar on one machine, never for
 * serving the public.
 *
 * <p>The private key is made at the first use and stays; the folder is open to its owner alone. The
 * public key is written beside it as a JWKS document, which {@link TokenVerifier} reads. Neither
 * needs a running server.
 */
public final class DevelopmentIssuer {

    /** The {@code iss} of its tokens. */
    public static final String NAME = "ashar-development";

    /** No token lives longer. */
    public static final Duration LONGEST = Duration.ofDays(31);

    private static final String PRIVATE_KEY = "development-issuer.json";
    private static final String PUBLIC_KEYS = "jwks.json";

    private final ECKey key;
    private final ECDSASigner signer;
    private final URI jwks;

    private DevelopmentIssuer(ECKey key, URI jwks) throws JOSEException {
        this.key = key;
        this.signer = new ECDSASigner(key);
        this.jwks = jwks;
    }

    /**
     * What a token shall say.
     *
     * @param subject whose it is, at most 255 characters
     * @param grants what its bearer may do, at most 64
     * @param ttl how long it is valid, at most {@link #LONGEST}
     * @param at the time at which its bearer's commands count as given; absent for the real one
     */
    public record Wish(String subject, List<Grant> grants, Duration ttl, @Nullable Instant at) {
        /** Throws {@link IllegalArgumentException} with a message for the person who asked. */
        public Wish {
            grants = List.copyOf(grants);
            if (subject.isBlank() || subject.length() > 255) {
                throw new IllegalArgumentException("a subject has 1 to 255 characters");
            }
            if (grants.size() > Claims.MAX_GRANTS) {
                throw new IllegalArgumentException("at most " + Claims.MAX_GRANTS + " grants");
            }
            if (!ttl.isPositive() || ttl.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "a token lives for some time, at most " + LONGEST.toDays() + " days");
            }
        }
    }

    /**
     * The issuer whose keys are in {@code folder}; makes both where there are none. Several
     * processes that do so at once agree on one key. Throws {@link KeyFolderException} where a key
     * is there but cannot be used: it is never replaced.
     */
    public static DevelopmentIssuer open(Path folder) {
        Path file = folder.resolve(PRIVATE_KEY);
        try {
            KeyFolder keys = KeyFolder.open(folder);
            if (!keys.has(PRIVATE_KEY)) {
                keys.create(PRIVATE_KEY, generated().toJSONString());
            }
            ECKey key = parse(keys.read(PRIVATE_KEY));
            String published = new JWKSet(key.toPublicJWK()).toString();
            if (!keys.has(PUBLIC_KEYS) || !keys.read(PUBLIC_KEYS).equals(published)) {
                keys.replace(PUBLIC_KEYS, published);
            }
            return new DevelopmentIssuer(key, keys.file(PUBLIC_KEYS).toAbsolutePath().toUri());
        } catch (ParseException | JOSEException e) {
            throw new KeyFolderException(
                    file,
                    "does not hold the development issuer's key. Remove the file to have a new"
                            + " key made; tokens issued before are then refused.",
                    e);
        } catch (IOException e) {
            throw new KeyFolderException(file, "cannot be read or written: " + e.getMessage(), e);
        }
    }

    /** Whether an issuer has its key in {@code folder} already. Changes nothing. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(PRIVATE_KEY));
    }

    /** Where its public key is: a {@code file:} address for {@link TokenVerifier.Settings}. */
    public URI jwks() {
        return jwks;
    }

    /** A signed token in its compact form, valid from {@code now} on. */
    public String issue(Wish wish, Instant now) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(NAME)
                        .audience(TokenVerifier.AUDIENCE)
                        .subject(wish.subject())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(wish.ttl())))
                        .claim(Claims.GRANTS, wish.grants().stream().map(Claims::written).toList());
        if (wish.at() != null) {
            claims.claim(Claims.AT, wish.at().toString());
        }
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                        claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing with a P-256 key cannot fail", e);
        }
        return token.serialize();
    }

    private static ECKey generated() throws JOSEException {
        return new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
    }

    private static ECKey parse(String json) throws ParseException {
        JWK jwk = JWK.parse(json);
        if (jwk instanceof ECKey key
                && key.isPrivate()
                && key.getKeyID() != null
                && Curve.P_256.equals(key.getCurve())) {
            return key;
        }
        throw new ParseException("not a private P-256 key with an id", 0);
    }
}
