package org.ashar.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Judges bearer tokens.
 *
 * <p>Guarantee: a {@link Caller} is answered only for a JWT whose algorithm is ES256, whose
 * signature was made with a key that the issuer's document holds now, whose {@code iss} is the
 * configured issuer, whose {@code aud} has {@code ashar}, which is valid at present ({@code exp},
 * {@code nbf}, give or take {@link #SKEW}) and whose grants are all well-formed. Everything else is
 * a refusal with a {@code token.…} code that says no more than the bearer may know.
 *
 * <p>Verified tokens are remembered by their digest (at most {@value #REMEMBERED}), because an
 * ES256 verification costs more than the rest of a command; time and key are checked on every use.
 * Safe for use by many threads.
 */
public final class TokenVerifier implements AutoCloseable {

    /** Clocks of the issuer and of this machine may differ by this much. */
    public static final Duration SKEW = Duration.ofSeconds(30);

    /** What {@code aud} must hold. */
    public static final String AUDIENCE = "ashar";

    /** A longer token is refused unread. */
    public static final int MAX_LENGTH = 8 * 1024;

    private static final int REMEMBERED = 10_000;

    /**
     * Whom to believe.
     *
     * @param issuer the {@code iss} of every token
     * @param jwks {@code file:}, {@code http:} or {@code https:} address of the issuer's JWKS
     * @param secret the installation's secret, at least 32 bytes, for pseudonyms
     */
    public record Settings(String issuer, URI jwks, String secret) {

        /**
         * Whether tokens may carry {@code at}: those of the development issuer, whose keys are a
         * file of this machine.
         */
        boolean honoursTime() {
            return DevelopmentIssuer.NAME.equals(issuer) && "file".equals(jwks.getScheme());
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Settings[" + issuer + ", " + jwks + "]";
        }
    }

    private record Verified(
            Caller caller, ECKey key, @Nullable Instant notBefore, Instant expires) {}

    private final Settings settings;
    private final Clock clock;
    private final IssuerKeys keys;
    private final Pseudonyms pseudonyms;
    private final Cache<Sha256, Verified> verified =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED)
                    .expireAfterAccess(Duration.ofMinutes(10))
                    .build();

    public TokenVerifier(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.keys = new IssuerKeys(settings.jwks(), clock);
        this.pseudonyms = new Pseudonyms(settings.secret());
    }

    /**
     * The bearer of {@code token} (the compact form, without {@code Bearer}), or why it is refused.
     * Throws {@link KeysUnavailableException} where the issuer's keys cannot be had.
     */
    public Checked<Caller> verify(String token) {
        if (token.length() > MAX_LENGTH || !token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return Checked.invalid("token.malformed");
        }
        Sha256 digest = Sha256.of(token.getBytes(US_ASCII));
        Verified known = verified.getIfPresent(digest);
        try {
            if (known != null && keys.stillHas(known.key())) {
                inTime(known);
                return Checked.valid(known.caller());
            }
            Verified judged = judge(token);
            inTime(judged);
            verified.put(digest, judged);
            return Checked.valid(judged.caller());
        } catch (Rejected e) {
            return Checked.invalid(e.code());
        }
    }

    private void inTime(Verified token) throws Rejected {
        Instant now = clock.instant();
        if (!now.isBefore(token.expires().plus(SKEW))) {
            throw new Rejected("token.expired");
        }
        Instant notBefore = token.notBefore();
        if (notBefore != null && now.isBefore(notBefore.minus(SKEW))) {
            throw new Rejected("token.not-yet-valid");
        }
    }

    private Verified judge(String token) throws Rejected {
        try {
            SignedJWT jwt = parsed(token);
            if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())) {
                throw new Rejected("token.wrong-algorithm");
            }
            String keyId = jwt.getHeader().getKeyID();
            Optional<IssuerKeys.Key> key = keyId == null ? Optional.empty() : keys.find(keyId);
            if (key.isEmpty()) {
                throw new Rejected("token.unknown-key");
            }
            if (!jwt.verify(key.get().verifier())) {
                throw new Rejected("token.bad-signature");
            }
            return believe(jwt.getJWTClaimsSet(), key.get().jwk());
        } catch (ParseException e) {
            throw new Rejected("token.malformed");
        } catch (JOSEException e) {
            throw new Rejected("token.bad-signature");
        }
    }

    /** Whatever a hostile text makes the parser throw: a header of null makes it dereference it. */
    private static SignedJWT parsed(String token) throws Rejected {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | RuntimeException e) {
            throw new Rejected("token.malformed");
        }
    }

    private Verified believe(JWTClaimsSet claims, ECKey key) throws Rejected {
        if (!settings.issuer().equals(claims.getIssuer())) {
            throw new Rejected("token.foreign-issuer");
        }
        if (!claims.getAudience().contains(AUDIENCE)) {
            throw new Rejected("token.wrong-audience");
        }
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            throw new Rejected("token.no-expiry");
        }
        if (claims.getClaim(Claims.AT) != null && !settings.honoursTime()) {
            throw new Rejected("token.time-not-allowed");
        }
        String subject = Claims.subject(claims);
        Caller caller =
                new Caller(
                        settings.issuer(),
                        subject,
                        pseudonyms.of(settings.issuer(), subject),
                        Claims.grants(claims),
                        Claims.at(claims));
        Date notBefore = claims.getNotBeforeTime();
        return new Verified(
                caller, key, notBefore == null ? null : notBefore.toInstant(), expires.toInstant());
    }

    @Override
    public void close() {
        keys.close();
    }

    /** Leaves the judgement at the first fault; never seen outside. */
    static final class Rejected extends Exception {

        private final String code;

        Rejected(String code) {
            super(code, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
