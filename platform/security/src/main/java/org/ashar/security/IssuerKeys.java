package org.ashar.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of the issuer, from its JWKS document (RFC 7517).
 *
 * <p>Kept for five minutes; fetched again earlier, at most every ten seconds, when a token names an
 * unknown key. A document that cannot be had leaves the keys as they were for up to a day; a key
 * that has gone from the document is no longer believed. One thread fetches; the others go on with
 * the keys there are, or wait a few seconds where there are none yet.
 */
final class IssuerKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(10);
    private static final Duration BELIEVED = Duration.ofDays(1);
    private static final int MAX_KEYS = 50;

    /** One key as it stands in the document. */
    record Key(ECKey jwk, ECDSAVerifier verifier) {}

    private record Snapshot(Map<String, Key> keys, long loadedAt) {}

    private final JwksDocument document;
    private final Clock clock;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable Snapshot snapshot;
    private volatile long lastAttempt;

    IssuerKeys(URI location, Clock clock) {
        this.document = JwksDocument.at(location);
        this.clock = clock;
    }

    /** The key with this id; throws {@link KeysUnavailableException} where no keys can be had. */
    Optional<Key> find(String id) {
        Map<String, Key> keys = current();
        Key key = keys.get(id);
        if (key == null && isPast(lastAttempt, BETWEEN_ATTEMPTS)) {
            key = load(false).keys().get(id);
        }
        return Optional.ofNullable(key);
    }

    /** Whether the document still has this very key. */
    boolean stillHas(ECKey jwk) {
        Key key = current().get(jwk.getKeyID());
        return key != null && key.jwk().equals(jwk);
    }

    private Map<String, Key> current() {
        Snapshot now = snapshot;
        if (now == null) {
            return load(true).keys();
        }
        boolean stale = isPast(now.loadedAt(), FRESH);
        boolean due = isPast(lastAttempt, BETWEEN_ATTEMPTS);
        return stale && due ? load(false).keys() : now.keys();
    }

    /** A clock that was put back by more than that says nothing of how long ago it was. */
    private boolean isPast(long millis, Duration duration) {
        return Math.abs(clock.millis() - millis) >= duration.toMillis();
    }

    private Snapshot load(boolean wait) {
        Snapshot before = snapshot;
        long attemptBefore = lastAttempt;
        if (!locked(wait || before == null)) {
            if (before == null) {
                throw new KeysUnavailableException(
                        "The issuer's keys are still being fetched", new IOException("timed out"));
            }
            return before;
        }
        try {
            Snapshot meanwhile = snapshot;
            if (meanwhile != null && lastAttempt != attemptBefore) {
                return meanwhile;
            }
            lastAttempt = clock.millis();
            Snapshot loaded = new Snapshot(parse(document.read()), clock.millis());
            snapshot = loaded;
            return loaded;
        } catch (IOException e) {
            if (before == null || isPast(before.loadedAt(), BELIEVED)) {
                throw new KeysUnavailableException("The issuer's keys cannot be had", e);
            }
            LOG.warn("The issuer's keys cannot be had; going on with those at hand", e);
            return before;
        } finally {
            loading.unlock();
        }
    }

    private boolean locked(boolean wait) {
        try {
            return wait ? loading.tryLock(5, TimeUnit.SECONDS) : loading.tryLock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Map<String, Key> parse(String json) throws IOException {
        try {
            Map<String, Key> keys = new HashMap<>();
            for (JWK jwk : JWKSet.parse(json).getKeys()) {
                if (usable(jwk) && keys.size() < MAX_KEYS) {
                    ECKey key = jwk.toECKey().toPublicJWK();
                    keys.putIfAbsent(key.getKeyID(), new Key(key, new ECDSAVerifier(key)));
                }
            }
            return Map.copyOf(keys);
        } catch (ParseException | JOSEException e) {
            throw new IOException("not a JWKS document", e);
        }
    }

    private static boolean usable(JWK jwk) {
        return jwk instanceof ECKey key
                && key.getKeyID() != null
                && Curve.P_256.equals(key.getCurve())
                && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (key.getAlgorithm() == null || JWSAlgorithm.ES256.equals(key.getAlgorithm()));
    }

    @Override
    public void close() {
        document.close();
    }
}
