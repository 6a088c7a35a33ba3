package org.ashar.app.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.DevelopmentIssuer.Wish;
import org.ashar.security.Grant;

/** Tokens of officials, good and forged. Commands count as given on 10 April 2026. */
final class Officials {

    /** Another organisation in the same place. */
    static final String RIVAL = "rival";

    private static final Instant COMMANDS = Instant.parse("2026-04-10T06:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-01-20T06:00:00Z");

    private final Path keys;
    private final Path forgery;

    /**
     * They sign in with the keys of a data folder that was started at least once.
     *
     * @param forgery a folder for the keys of another installation
     */
    Officials(Path data, Path forgery) {
        this.keys = data.resolve("keys");
        this.forgery = forgery;
    }

    /** Whom the table's rows know. */
    Map<String, String> byName() {
        return Map.ofEntries(
                Map.entry("officer", officer()),
                Map.entry("officer-elsewhere", officerElsewhere()),
                Map.entry("rival", rival()),
                Map.entry("rival-officer", rivalOfficer()),
                Map.entry("auditor", auditor()),
                Map.entry("operator", operator()),
                Map.entry("nobody", ofNobody()),
                Map.entry("expired", expired()),
                Map.entry("forger", signedByAnother()),
                Map.entry("unsigned", unsigned()),
                Map.entry("signed-with-the-public-key", signedWithThePublicKey()),
                Map.entry("changed", changed()),
                Map.entry("foreigner", new Officials(forgery, forgery).officer()),
                Map.entry("other-audience", claiming(c -> c.audience("elsewhere"))),
                Map.entry("other-issuer", claiming(c -> c.issuer("elsewhere"))),
                Map.entry("for-ever", claiming(c -> c.expirationTime(null))),
                Map.entry("no-subject", claiming(c -> c.subject(null))),
                Map.entry("no-time", claiming(c -> c.claim("at", "noon"))),
                Map.entry(
                        "king",
                        claiming(
                                c ->
                                        c.claim(
                                                "grants",
                                                List.of(Map.of("role", "king", "org", "palace"))))),
                Map.entry(
                        "tomorrow",
                        claiming(c -> c.notBeforeTime(Date.from(now().plus(Duration.ofDays(1)))))));
    }

    String officer() {
        return token("officer", Good.ORGANISATION, Good.PLACE, COMMANDS);
    }

    String head() {
        return token("head", Good.ORGANISATION, Good.PLACE, COMMANDS);
    }

    /** The head, in January: what is published then has a first quarter to report on. */
    String headInJanuary() {
        return token("head", Good.ORGANISATION, Good.PLACE, BEFORE);
    }

    String financeOfficer() {
        return token("finance-officer", Good.ORGANISATION, Good.PLACE, COMMANDS);
    }

    private String officerElsewhere() {
        return token("officer", "okmotu-elsewhere", Good.OTHER_PLACE, COMMANDS);
    }

    String rival() {
        return token("head", RIVAL, Good.PLACE, COMMANDS);
    }

    String rivalInJanuary() {
        return token("head", RIVAL, Good.PLACE, BEFORE);
    }

    String rivalOfficer() {
        return token("officer", RIVAL, Good.PLACE, COMMANDS);
    }

    String auditor() {
        return token("auditor", "auditors", Good.PLACE, COMMANDS);
    }

    String operator() {
        return issue(
                new Wish(
                        "operator",
                        List.of(Grant.unbound("operator", "operator")),
                        Duration.ofHours(1),
                        null),
                now());
    }

    private String ofNobody() {
        return issue(new Wish("nobody", List.of(), Duration.ofHours(1), null), now());
    }

    private String expired() {
        return issue(
                new Wish(
                        "officer",
                        List.of(
                                Grant.forPlace(
                                        "officer", Good.ORGANISATION, "soate:" + Good.PLACE)),
                        Duration.ofHours(1),
                        null),
                now().minus(Duration.ofDays(2)));
    }

    private String token(String role, String organisation, String place, Instant at) {
        return issue(
                new Wish(
                        role + " " + organisation,
                        List.of(Grant.forPlace(role, organisation, "soate:" + place)),
                        Duration.ofDays(1),
                        at),
                now());
    }

    private String issue(Wish wish, Instant now) {
        return DevelopmentIssuer.open(keys).issue(wish, now);
    }

    /** Signed with the right key, but with other claims. */
    private String claiming(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(key(), change.apply(claims()).build());
    }

    /** Signed with a key of the forger's, under the id of the right one. */
    private String signedByAnother() {
        try {
            ECKey forged = new ECKeyGenerator(Curve.P_256).keyID(key().getKeyID()).generate();
            return signed(forged, claims().build());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The right signature under other claims. */
    private String changed() {
        String[] mine = officer().split("\\.", -1);
        String[] theirs = rival().split("\\.", -1);
        return mine[0] + "." + theirs[1] + "." + mine[2];
    }

    /** Signed by nobody. */
    private String unsigned() {
        return new PlainJWT(claims().build()).serialize();
    }

    /** Signed with the public key, taken for a shared secret. */
    private String signedWithThePublicKey() {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.HS256)
                                    .keyID(key().getKeyID())
                                    .build(),
                            claims().build());
            token.sign(new MACSigner(key().toPublicJWK().toJSONString().getBytes(UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(ECKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                            claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(DevelopmentIssuer.NAME)
                .audience("ashar")
                .subject("officer")
                .issueTime(Date.from(now()))
                .expirationTime(Date.from(now().plus(Duration.ofHours(1))))
                .claim(
                        "grants",
                        List.of(
                                Map.of(
                                        "role",
                                        "officer",
                                        "org",
                                        Good.ORGANISATION,
                                        "place",
                                        "soate:" + Good.PLACE)));
    }

    private ECKey key() {
        try {
            return ECKey.parse(Files.readString(keys.resolve("development-issuer.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}
