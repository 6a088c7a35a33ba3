package org.ashar.accountability.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against ranges as numbers: the first and the last of each, their neighbours, and chance. */
class PublicAddressesTest {

    private static final List<String> NOT_PUBLIC_4 =
            List.of(
                    "0.0.0.0-0.255.255.255",
                    "10.0.0.0-10.255.255.255",
                    "100.64.0.0-100.127.255.255",
                    "127.0.0.0-127.255.255.255",
                    "168.63.129.16-168.63.129.16",
                    "169.254.0.0-169.254.255.255",
                    "172.16.0.0-172.31.255.255",
                    "192.0.0.0-192.0.0.255",
                    "192.0.2.0-192.0.2.255",
                    "192.88.99.0-192.88.99.255",
                    "192.168.0.0-192.168.255.255",
                    "198.18.0.0-198.19.255.255",
                    "198.51.100.0-198.51.100.255",
                    "203.0.113.0-203.0.113.255",
                    "224.0.0.0-255.255.255.255");

    private static final List<String> NOT_PUBLIC_6 =
            List.of(
                    "0::-1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                    "2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
                    "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
                    "2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                    "3fff::-3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
                    "4000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");

    private record Range(BigInteger first, BigInteger last) {
        boolean holds(BigInteger number) {
            return number.compareTo(first) >= 0 && number.compareTo(last) <= 0;
        }
    }

    @Test
    void every_edge_of_every_range_of_ipv4_is_known() {
        assertEdges(NOT_PUBLIC_4, 4);
    }

    @Test
    void every_edge_of_every_range_of_ipv6_is_known() {
        assertEdges(NOT_PUBLIC_6, 16);
    }

    @Test
    void any_address_is_judged_by_the_ranges() {
        Random random = new Random(4);
        List<Range> four = ranges(NOT_PUBLIC_4);
        List<Range> six = ranges(NOT_PUBLIC_6);
        int open = 0;
        for (int i = 0; i < 100_000; i++) {
            BigInteger of4 = new BigInteger(32, random);
            assertJudged(of4, 4, four);
            BigInteger of6 = new BigInteger(128, random);
            assertJudged(of6, 16, six);
            open += four.stream().noneMatch(range -> range.holds(of4)) ? 1 : 0;
        }
        assertThat(open).as("most addresses of IPv4 are public").isGreaterThan(70_000);
    }

    @Test
    void an_address_of_ipv4_is_the_same_in_the_clothes_of_ipv6() throws UnknownHostException {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[4];
            random.nextBytes(bytes);
            byte[] mapped = new byte[16];
            mapped[10] = mapped[11] = (byte) 0xff;
            System.arraycopy(bytes, 0, mapped, 12, 4);
            assertThat(PublicAddresses.includes(InetAddress.getByAddress(mapped)))
                    .isEqualTo(PublicAddresses.includes(InetAddress.getByAddress(bytes)));
            for (String prefix : List.of("::", "64:ff9b::", "64:ff9b:1::", "2002::", "2001::")) {
                byte[] clothed = TargetTest.address(prefix + "1").getAddress();
                int at = prefix.equals("2002::") ? 2 : 12;
                System.arraycopy(bytes, 0, clothed, at, 4);
                assertThat(PublicAddresses.includes(InetAddress.getByAddress(clothed)))
                        .as(prefix)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450::5"})
    void well_known_addresses_are_public(String literal) {
        assertThat(PublicAddresses.includes(TargetTest.address(literal))).isTrue();
    }

    private static void assertEdges(List<String> written, int bytes) {
        List<Range> ranges = ranges(written);
        BigInteger end = BigInteger.ONE.shiftLeft(bytes * 8);
        List<BigInteger> edges = new ArrayList<>();
        for (Range range : ranges) {
            edges.addAll(
                    List.of(
                            range.first().subtract(BigInteger.ONE),
                            range.first(),
                            range.last(),
                            range.last().add(BigInteger.ONE)));
        }
        edges.removeIf(edge -> edge.signum() < 0 || edge.compareTo(end) >= 0);
        assertThat(edges).hasSizeGreaterThan(2 * ranges.size());
        edges.forEach(edge -> assertJudged(edge, bytes, ranges));
    }

    private static void assertJudged(BigInteger number, int bytes, List<Range> notPublic) {
        byte[] address = new byte[bytes];
        byte[] digits = number.toByteArray();
        int significant = Math.min(bytes, digits.length);
        System.arraycopy(
                digits, digits.length - significant, address, bytes - significant, significant);
        try {
            assertThat(PublicAddresses.includes(InetAddress.getByAddress(address)))
                    .as(() -> Arrays.toString(address))
                    .isEqualTo(notPublic.stream().noneMatch(range -> range.holds(number)));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Range> ranges(List<String> written) {
        return written.stream()
                .map(text -> text.split("-", 2))
                .map(ends -> new Range(number(ends[0]), number(ends[1])))
                .toList();
    }

    private static BigInteger number(String literal) {
        return new BigInteger(1, TargetTest.address(literal).getAddress());
    }
}
