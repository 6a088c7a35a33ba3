package org.ashar.accountability.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.ashar.accountability.webhook.SigningKey.Kind;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1614265330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);

    /** Vector of the specification's own libraries. */
    @Test
    void an_hmac_is_what_the_specification_says() {
        SigningKey key = key(Kind.HMAC, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(key.sign(ID, TIMESTAMP, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(key.sharedSecret()).contains("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(key.publicKey()).isEmpty();
    }

    /** Vector of the specification's own libraries. */
    @Test
    void an_ed25519_signature_is_what_the_specification_says() {
        SigningKey key = key(Kind.ED25519, "VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=");
        assertThat(key.sign(ID, TIMESTAMP, BODY))
                .isEqualTo(
                        "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb"
                                + "7KaaBRdM5WqyeFiL8Ag==");
        assertThat(key.sharedSecret()).as("the private key is told to nobody").isEmpty();
        assertThat(key.publicKey().orElseThrow()).matches("whpk_[A-Za-z0-9+/]{43}=");
    }

    @Test
    void new_keys_are_all_different_and_never_written() {
        for (Kind kind : Kind.values()) {
            SigningKey one = SigningKey.random(kind);
            assertThat(one.secret()).hasSize(32).isNotEqualTo(SigningKey.random(kind).secret());
            assertThat(one.toString()).isEqualTo(kind + " key");
        }
    }

    @Test
    void a_sealed_secret_opens_for_its_subscription_and_installation_alone() {
        SecretBox box = new SecretBox("a secret for tests, of no less than 32 bytes");
        byte[] secret = SigningKey.random(Kind.HMAC).secret();
        byte[] sealed = box.seal("one", secret);
        assertThat(box.open("one", sealed)).hasValue(secret);
        assertThat(box.seal("one", secret)).isNotEqualTo(sealed);
        assertThat(new String(sealed, UTF_8)).doesNotContain(new String(secret, UTF_8));
        assertThat(box.open("other", sealed)).isEmpty();
        SecretBox other = new SecretBox("another secret, of no less than 32 bytes");
        assertThat(other.open("one", sealed)).isEmpty();
        sealed[20] ^= 1;
        assertThat(box.open("one", sealed)).isEmpty();
    }

    private static SigningKey key(Kind kind, String base64) {
        return SigningKey.of(kind, Base64.getDecoder().decode(base64));
    }
}
