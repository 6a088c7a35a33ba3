package org.ashar.accountability.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.ashar.kernel.Checked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/hook?of=1",
                "http://EXAMPLE.org",
                "https://example.org:8443/",
                "http://93.184.215.14:8080/x",
                "https://[2606:4700:4700::1111]/",
                "https://xn--e1afmkfd.xn--p1ai/"
            })
    void a_public_address_is_taken(String url) {
        assertThat(Target.parse(url, false)).isInstanceOf(Checked.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org:70/",
                "javascript:alert(1)",
                "//example.org/",
                "example.org",
                ""
            })
    void what_is_not_http_is_refused(String url) {
        assertThat(code(url)).contains("webhook.not-http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://017700000001/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.1./",
                "http://127.0.0.256/",
                "http://1.2.3.4.5/",
                "http://example.1/",
                "http://example.0x1f/",
                "http://[::ffff:127.0.0.1%25lo]/",
                "http://[fe80::1%25eth0]/",
                "http://[127.0.0.1]/",
                "http://exam ple.org/",
                "http://example.org\\@127.0.0.1/",
                "http://еxample.org/",
                "http://①②⑦.⓪.⓪.①/",
                "http://example..org/",
                "http://-example.org/",
                "http://example.org/#part",
                "http://example.org:99999999999/",
                "http:///path",
                "http:example.org",
                "http://example.org/\r\nHost: other"
            })
    void other_forms_are_refused(String url) {
        assertThat(code(url)).contains("webhook.malformed-address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user@example.org/", "https://u:p@127.0.0.1/", "http://@a.org/"})
    void a_user_is_refused(String url) {
        assertThat(code(url)).contains("webhook.names-a-user");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 22, 25, 81, 6379, 9092, 27017, 65_536})
    void a_port_of_something_else_is_refused(int port) {
        assertThat(code("http://example.org:" + port + "/")).contains("webhook.port-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/",
                "http://store/",
                "http://127.0.0.1/",
                "http://0.0.0.0/",
                "http://10.1.2.3/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://192.168.1.1/",
                "http://255.255.255.255/",
                "http://[::]/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b:1::a00:1]/",
                "http://[2002:7f00:1::]/",
                "http://[2001:0:7f00:1::]/",
                "http://[fc00::1]/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/",
                "http://[fec0::1]/",
                "http://[ff02::1]/",
                "http://[2001:db8::1]/"
            })
    void what_is_not_public_is_refused(String url) {
        try (Destinations destinations = new Destinations(InetAddress::getAllByName, false)) {
            assertThat(objection(destinations, url)).contains("webhook.address-not-public");
        }
    }

    @Test
    void a_host_is_refused_for_one_address_of_many_and_where_it_has_none() {
        InetAddress good = address("93.184.215.14");
        InetAddress bad = address("10.0.0.1");
        String url = "https://example.org/";
        try (Destinations all = new Destinations(_ -> new InetAddress[] {good, good}, false);
                Destinations mixed = new Destinations(_ -> new InetAddress[] {good, bad}, false);
                Destinations none = new Destinations(_ -> new InetAddress[0], false);
                Destinations unknown =
                        new Destinations(
                                host -> {
                                    throw new UnknownHostException(host);
                                },
                                false)) {
            assertThat(objection(all, url)).isEmpty();
            assertThat(objection(mixed, url)).contains("webhook.address-not-public");
            assertThat(objection(none, url)).contains("webhook.address-not-public");
            assertThat(objection(unknown, url)).contains("webhook.address-not-public");
        }
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal, e);
        }
    }

    private static Optional<String> objection(Destinations destinations, String url) {
        return switch (destinations.form(url)) {
            case Checked.Valid<Target>(Target target) -> destinations.objection("watch", target);
            case Checked.Invalid<Target> invalid -> Optional.of(invalid.code());
        };
    }

    private static Optional<String> code(String url) {
        return Target.parse(url, false) instanceof Checked.Invalid<Target> invalid
                ? Optional.of(invalid.code())
                : Optional.empty();
    }
}
