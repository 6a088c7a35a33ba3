package org.ashar.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentIssuerTest {

    private static final String SECRET = "a secret for tests, of no less than 32 bytes";

    @TempDir Path folder;
    private final MovableClock clock = new MovableClock();

    private DevelopmentIssuer.Wish wish(Instant at) {
        return new DevelopmentIssuer.Wish(
                "clerk",
                List.of(
                        Grant.forPlace("officer", "Ош айыл өкмөтү", "soate:41706"),
                        Grant.forSchool("trustee", "board", "school-5"),
                        Grant.unbound("auditor", "chamber")),
                Duration.ofMinutes(5),
                at);
    }

    private Caller verified(DevelopmentIssuer issuer, String token) {
        try (TokenVerifier verifier =
                new TokenVerifier(
                        new TokenVerifier.Settings(DevelopmentIssuer.NAME, issuer.jwks(), SECRET),
                        clock)) {
            return verifier.verify(token).orThrow();
        }
    }

    @Test
    void its_tokens_are_good_where_its_keys_are_published() {
        DevelopmentIssuer issuer = DevelopmentIssuer.open(folder.resolve("a/keys"));
        Instant at = Instant.parse("2024-05-06T07:08:09Z");
        Caller caller = verified(issuer, issuer.issue(wish(at), clock.instant()));
        assertThat(caller.subject()).isEqualTo("clerk");
        assertThat(caller.at()).isEqualTo(at);
        assertThat(caller.grants()).isEqualTo(wish(at).grants());
        assertThat(caller.asSchool("school-5", "trustee")).isPresent();
        assertThat(caller.asSchool("soate:41706", "officer")).isEmpty();
        assertThat(caller.as("school-5", "trustee")).isEmpty();
        assertThat(caller.anywhere("operator", "auditor").orElseThrow().organisation())
                .isEqualTo("chamber");
    }

    @Test
    void the_key_stays_and_is_its_owners_alone() throws Exception {
        Path data = folder.resolve("data");
        Path keys = data.resolve("keys");
        DevelopmentIssuer first = DevelopmentIssuer.open(keys);
        String token = first.issue(wish(clock.instant()), clock.instant());
        assertThat(verified(DevelopmentIssuer.open(keys), token).subject()).isEqualTo("clerk");
        for (Path made : List.of(data, keys)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
        try (Stream<Path> files = Files.list(keys)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(2);
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(Files.readString(Path.of(first.jwks()))).doesNotContain("\"d\"");
    }

    @Test
    void permissions_that_were_widened_are_narrowed_again() throws Exception {
        Path keys = folder.resolve("keys");
        DevelopmentIssuer.open(keys);
        Path key = keys.resolve("development-issuer.json");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));
        DevelopmentIssuer.open(keys);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
    }

    @Test
    void several_that_open_at_once_agree_on_one_key() throws Exception {
        Path keys = folder.resolve("keys");
        List<Callable<DevelopmentIssuer>> work =
                Collections.nCopies(16, () -> DevelopmentIssuer.open(keys));
        List<DevelopmentIssuer> issuers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var opened : threads.invokeAll(work)) {
                issuers.add(opened.get());
            }
        }
        for (DevelopmentIssuer issuer : issuers) {
            String token = issuer.issue(wish(clock.instant()), clock.instant());
            assertThat(verified(issuers.getFirst(), token).subject()).isEqualTo("clerk");
        }
        try (Stream<Path> files = Files.list(keys)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void a_broken_key_is_named_and_never_replaced() throws Exception {
        Path keys = folder.resolve("keys");
        DevelopmentIssuer.open(keys);
        Path key = keys.resolve("development-issuer.json");
        String whole = Files.readString(key);
        for (String broken :
                List.of(
                        "",
                        "{}",
                        whole.substring(0, whole.length() / 2),
                        whole.replace("\"d\"", "\"q\""),
                        "x".repeat(100_000))) {
            Files.writeString(key, broken);
            assertThatThrownBy(() -> DevelopmentIssuer.open(keys))
                    .isInstanceOf(KeyFolderException.class)
                    .hasMessageContaining("development-issuer.json");
            assertThat(Files.readString(key)).isEqualTo(broken);
        }
    }

    @Test
    void a_folder_that_is_a_file_is_an_error_that_names_it() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), "");
        assertThatThrownBy(() -> DevelopmentIssuer.open(file))
                .isInstanceOf(KeyFolderException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void wishes_have_bounds() {
        List<Grant> grants = List.of(Grant.unbound("auditor", "chamber"));
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofDays(32), Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> new DevelopmentIssuer.Wish("a", grants, ttl, null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new DevelopmentIssuer.Wish(" ", grants, Duration.ofHours(1), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new DevelopmentIssuer.Wish(
                                        "a",
                                        Collections.nCopies(65, grants.getFirst()),
                                        Duration.ofHours(1),
                                        null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Grant.forPlace("king", "a", "soate:1"))
                .hasMessageContaining("officer");
    }

    @Test
    void its_name_alone_is_not_enough_to_set_the_time() {
        assertThat(
                        new TokenVerifier.Settings(
                                        DevelopmentIssuer.NAME,
                                        URI.create("https://issuer.example/jwks"),
                                        SECRET)
                                .honoursTime())
                .isFalse();
    }
}
