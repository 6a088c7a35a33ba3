package org.ashar.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.ashar.kernel.Checked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVerifierTest {

    private static final String SECRET = "a secret for tests, of no less than 32 bytes";
    private static final String ISSUER = "https://issuer.example";
    private static final Map<String, Object> GRANT =
            Map.of("role", "officer", "org", "aimak", "place", "soate:41706");

    @TempDir Path folder;
    private final MovableClock clock = new MovableClock();
    private ECKey key;
    private TokenVerifier verifier;

    @BeforeEach
    void open() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        publish(key);
        verifier = verifier(ISSUER);
    }

    @AfterEach
    void close() {
        verifier.close();
    }

    private TokenVerifier verifier(String issuer) {
        return new TokenVerifier(
                new TokenVerifier.Settings(issuer, folder.resolve("jwks.json").toUri(), SECRET),
                clock);
    }

    private void publish(JWK... keys) throws Exception {
        Files.writeString(folder.resolve("jwks.json"), new JWKSet(List.of(keys)).toString());
    }

    private JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(
                        new JWTClaimsSet.Builder()
                                .issuer(ISSUER)
                                .audience("ashar")
                                .subject("clerk")
                                .expirationTime(in(Duration.ofHours(1)))
                                .claim("grants", List.of(GRANT)))
                .build();
    }

    private Date in(Duration time) {
        return Date.from(clock.instant().plus(time));
    }

    private String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return signed(claims(change), key);
    }

    private static String signed(JWTClaimsSet claims, ECKey with) throws Exception {
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(with.getKeyID()).build(),
                        claims);
        jwt.sign(new ECDSASigner(with));
        return jwt.serialize();
    }

    private void refused(String token, String code) {
        assertThat(verifier.verify(token))
                .isInstanceOfSatisfying(
                        Checked.Invalid.class, i -> assertThat(i.code()).isEqualTo(code));
    }

    private static JWTClaimsSet.Builder unchanged(JWTClaimsSet.Builder claims) {
        return claims;
    }

    @Test
    void a_good_token_says_who_may_do_what() throws Exception {
        Caller caller = verifier.verify(signed(TokenVerifierTest::unchanged)).orThrow();
        assertThat(caller.actorId()).matches("[0-9a-f]{64}");
        assertThat(caller.actorId()).isEqualTo(new Pseudonyms(SECRET).of(ISSUER, "clerk"));
        assertThat(caller.as("soate:41706", "head", "officer").orElseThrow().role())
                .isEqualTo("officer");
        assertThat(caller.as("soate:417", "officer")).isEmpty();
        assertThat(caller.as("soate:41706", "head")).isEmpty();
        assertThat(caller.belongsTo("aimak")).isTrue();
        assertThat(caller.belongsTo("other")).isFalse();
        assertThat(caller.at()).isNull();
        assertThat(caller.toString()).doesNotContain("clerk");
    }

    @Test
    void a_remembered_token_still_expires() throws Exception {
        String token = signed(TokenVerifierTest::unchanged);
        Caller first = verifier.verify(token).orThrow();
        assertThat(verifier.verify(token).orThrow()).isSameAs(first);
        clock.advance(Duration.ofHours(1).plus(TokenVerifier.SKEW).minusMillis(1));
        assertThat(verifier.verify(token)).isInstanceOf(Checked.Valid.class);
        clock.advance(Duration.ofMillis(1));
        refused(token, "token.expired");
    }

    @Test
    void no_algorithm_but_es256_is_believed() throws Exception {
        refused(new PlainJWT(claims(TokenVerifierTest::unchanged)).serialize(), "token.malformed");
        refused(
                new PlainJWT(claims(TokenVerifierTest::unchanged)).serialize() + "x",
                "token.malformed");

        SignedJWT hmac =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(),
                        claims(TokenVerifierTest::unchanged));
        hmac.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(UTF_8)));
        refused(hmac.serialize(), "token.wrong-algorithm");
        hmac =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(),
                        claims(TokenVerifierTest::unchanged));
        hmac.sign(new MACSigner(key.toECPublicKey().getEncoded()));
        refused(hmac.serialize(), "token.wrong-algorithm");

        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r1").generate();
        publish(key, rsa.toPublicJWK());
        clock.advance(Duration.ofMinutes(6));
        SignedJWT rs =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r1").build(),
                        claims(TokenVerifierTest::unchanged));
        rs.sign(new RSASSASigner(rsa));
        refused(rs.serialize(), "token.wrong-algorithm");
    }

    @Test
    void a_token_brings_no_key_of_its_own() throws Exception {
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("k1")
                                .jwk(own.toPublicJWK())
                                .type(JOSEObjectType.JWT)
                                .build(),
                        claims(TokenVerifierTest::unchanged));
        jwt.sign(new ECDSASigner(own));
        refused(jwt.serialize(), "token.bad-signature");
    }

    @Test
    void critical_headers_that_nobody_knows_are_refused() throws Exception {
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("k1")
                                .criticalParams(Collections.singleton("x"))
                                .customParam("x", 1)
                                .build(),
                        claims(TokenVerifierTest::unchanged));
        jwt.sign(new ECDSASigner(key));
        refused(jwt.serialize(), "token.bad-signature");
    }

    @Test
    void foreign_and_unknown_keys_are_refused() throws Exception {
        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("k2").generate();
        refused(signed(claims(TokenVerifierTest::unchanged), foreign), "token.unknown-key");
        ECKey same = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        refused(signed(claims(TokenVerifierTest::unchanged), same), "token.bad-signature");
        SignedJWT nameless =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.ES256), claims(TokenVerifierTest::unchanged));
        nameless.sign(new ECDSASigner(key));
        refused(nameless.serialize(), "token.unknown-key");
    }

    @Test
    void a_changed_token_is_refused() throws Exception {
        String[] parts = signed(TokenVerifierTest::unchanged).split("\\.", 3);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        String forged =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(payload.replace("officer", "head").getBytes(UTF_8));
        refused(parts[0] + "." + forged + "." + parts[2], "token.bad-signature");
        refused(parts[0] + "." + parts[1] + ".", "token.malformed");
        byte[] zeros = new byte[64];
        String psychic = Base64.getUrlEncoder().withoutPadding().encodeToString(zeros);
        refused(parts[0] + "." + parts[1] + "." + psychic, "token.bad-signature");
    }

    /** All but the last character, which holds bits that belong to no byte. */
    @Test
    void any_changed_character_is_noticed() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String token = signed(TokenVerifierTest::unchanged);
        for (int i = 0; i < 300; i++) {
            StringBuilder changed = new StringBuilder(token);
            int at = random.nextInt(token.length() - 1);
            char other = "ABCxyz019-_.{\"".charAt(random.nextInt(14));
            if (changed.charAt(at) != other) {
                changed.setCharAt(at, other);
                assertThat(verifier.verify(changed.toString()))
                        .as("seed %d: %s at %d", seed, other, at)
                        .isInstanceOf(Checked.Invalid.class);
            }
        }
    }

    @Test
    void issuer_audience_subject_and_times_are_checked() throws Exception {
        refused(signed(c -> c.issuer("https://other.example")), "token.foreign-issuer");
        refused(signed(c -> c.issuer(null)), "token.foreign-issuer");
        refused(signed(c -> c.audience("other")), "token.wrong-audience");
        refused(signed(c -> c.audience((String) null)), "token.wrong-audience");
        assertThat(verifier.verify(signed(c -> c.audience(List.of("other", "ashar")))))
                .isInstanceOf(Checked.Valid.class);
        refused(signed(c -> c.subject(null)), "token.no-subject");
        refused(signed(c -> c.subject(" ")), "token.no-subject");
        refused(signed(c -> c.subject("s".repeat(256))), "token.no-subject");
        refused(signed(c -> c.expirationTime(null)), "token.no-expiry");
        refused(signed(c -> c.expirationTime(in(Duration.ofMinutes(-1)))), "token.expired");
        refused(signed(c -> c.claim("exp", "tomorrow")), "token.malformed");
        refused(signed(c -> c.notBeforeTime(in(Duration.ofMinutes(1)))), "token.not-yet-valid");
        assertThat(verifier.verify(signed(c -> c.notBeforeTime(in(Duration.ofSeconds(10))))))
                .isInstanceOf(Checked.Valid.class);
    }

    @Test
    void grants_are_read_strictly() throws Exception {
        List<Object> bad =
                List.of(
                        "officer",
                        List.of("officer"),
                        with("role", "king"),
                        with("role", "Officer"),
                        with("role", 7),
                        with("org", ""),
                        with("org", "a\u202eb"),
                        with("org", "o".repeat(200)),
                        with("place", "41706"),
                        with("place", "soate:41706/../x"),
                        with("place", List.of("soate:41706")),
                        with("school", "s1"),
                        with("colour", "red"));
        for (Object grant : bad) {
            refused(signed(c -> c.claim("grants", List.of(GRANT, grant))), "token.bad-grants");
        }
        refused(signed(c -> c.claim("grants", null)), "token.bad-grants");
        refused(signed(c -> c.claim("grants", GRANT)), "token.bad-grants");
        assertThat(verifier.verify(signed(c -> c.claim("grants", List.of()))))
                .isInstanceOf(Checked.Valid.class);
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> grant = new HashMap<>(GRANT);
        grant.put(name, value);
        return grant;
    }

    @Test
    void size_is_bounded() throws Exception {
        List<Object> many = Collections.nCopies(65, Map.of("role", "auditor", "org", "a"));
        String token = signed(c -> c.claim("grants", many));
        assertThat(token).hasSizeLessThan(TokenVerifier.MAX_LENGTH);
        refused(token, "token.bad-grants");
        refused("a".repeat(10_000_000), "token.malformed");
        refused("", "token.malformed");
        refused("..", "token.malformed");
        refused("é.é.é", "token.malformed");
        refused("{}.{}.{}", "token.malformed");
        refused("bnVsbA.e30.AA", "token.malformed");
    }

    @Test
    void only_the_development_issuer_sets_the_time() throws Exception {
        refused(signed(c -> c.claim("at", "2024-01-01T00:00:00Z")), "token.time-not-allowed");
        refused(signed(c -> c.claim("at", 7)), "token.time-not-allowed");

        try (TokenVerifier development = verifier(DevelopmentIssuer.NAME)) {
            assertThat(development.verify(at("2024-01-01T00:00:00.1234567Z")).orThrow().at())
                    .isEqualTo(Instant.parse("2024-01-01T00:00:00.123Z"));
            for (Object bad :
                    List.of("yesterday", 7, "+999999999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")) {
                assertThat(development.verify(at(bad)))
                        .isEqualTo(Checked.invalid("token.bad-time"));
            }
        }
    }

    private String at(Object time) throws Exception {
        return signed(c -> c.issuer(DevelopmentIssuer.NAME).claim("at", time));
    }

    @Test
    void a_new_key_is_found_and_a_withdrawn_one_is_no_longer_believed() throws Exception {
        String old = signed(TokenVerifierTest::unchanged);
        assertThat(verifier.verify(old)).isInstanceOf(Checked.Valid.class);
        ECKey next = new ECKeyGenerator(Curve.P_256).keyID("k2").generate();
        publish(next);
        String fresh = signed(claims(TokenVerifierTest::unchanged), next);
        refused(fresh, "token.unknown-key");
        clock.advance(Duration.ofSeconds(10));
        assertThat(verifier.verify(fresh)).isInstanceOf(Checked.Valid.class);
        refused(old, "token.unknown-key");
    }

    @Test
    void keys_that_cannot_be_had_are_no_judgement_on_the_token() throws Exception {
        String token = signed(TokenVerifierTest::unchanged);
        assertThat(verifier.verify(token)).isInstanceOf(Checked.Valid.class);
        Files.writeString(folder.resolve("jwks.json"), "{ truncated");
        clock.advance(Duration.ofMinutes(30));
        assertThat(verifier.verify(token)).as("the keys at hand").isInstanceOf(Checked.Valid.class);

        Files.delete(folder.resolve("jwks.json"));
        try (TokenVerifier cold = verifier(ISSUER)) {
            assertThatThrownBy(() -> cold.verify(token))
                    .isInstanceOf(KeysUnavailableException.class);
        }
    }

    @Test
    void many_at_once_are_judged_alike() throws Exception {
        String good = signed(TokenVerifierTest::unchanged);
        String bad = signed(c -> c.audience("other"));
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            work.add(() -> verifier.verify(good) instanceof Checked.Valid);
            work.add(() -> verifier.verify(bad) instanceof Checked.Invalid);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(work)) {
                assertThat(outcome.get()).isTrue();
            }
        }
    }

    @Test
    void a_secret_has_a_length() {
        assertThatThrownBy(() -> new Pseudonyms("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("short");
        assertThat(new TokenVerifier.Settings(ISSUER, folder.toUri(), SECRET).toString())
                .doesNotContain(SECRET);
    }
}
