package org.ashar.accountability.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;

/**
 * Which addresses belong to the public internet, after IANA's registries of special-purpose
 * addresses (RFC 6890 and what followed it). What leads to another address, such as NAT64 and 6to4,
 * is not among them, whatever it leads to.
 */
final class PublicAddresses {

    /** What IPv4 has that is nobody's, one's own, or many's. */
    private static final List<Block> NOT_PUBLIC_4 =
            List.of(
                    new Block("00000000", 8), // 0.0.0.0/8: this network
                    new Block("0a000000", 8), // 10.0.0.0/8: private
                    new Block("64400000", 10), // 100.64.0.0/10: behind a carrier's NAT
                    new Block("7f000000", 8), // 127.0.0.0/8: loopback
                    new Block("a83f8110", 32), // 168.63.129.16: a cloud's own host
                    new Block("a9fe0000", 16), // 169.254.0.0/16: link-local, clouds' metadata
                    new Block("ac100000", 12), // 172.16.0.0/12: private
                    new Block("c0000000", 24), // 192.0.0.0/24: protocols' own
                    new Block("c0000200", 24), // 192.0.2.0/24: documentation
                    new Block("c0586300", 24), // 192.88.99.0/24: 6to4 relays
                    new Block("c0a80000", 16), // 192.168.0.0/16: private
                    new Block("c6120000", 15), // 198.18.0.0/15: benchmarks
                    new Block("c6336400", 24), // 198.51.100.0/24: documentation
                    new Block("cb007100", 24), // 203.0.113.0/24: documentation
                    new Block("e0000000", 4), // 224.0.0.0/4: multicast
                    new Block("f0000000", 4)); // 240.0.0.0/4: reserved, broadcast

    /** Global unicast; all else is loopback, mapped, translated, unique-local, link-local… */
    private static final Block PUBLIC_6 = new Block("20000000000000000000000000000000", 3);

    private static final List<Block> NOT_PUBLIC_6 =
            List.of(
                    new Block("20010000000000000000000000000000", 23), // protocols' own, Teredo
                    new Block("20010db8000000000000000000000000", 32), // documentation
                    new Block("20020000000000000000000000000000", 16), // 6to4
                    new Block("3fff0000000000000000000000000000", 20)); // documentation

    private PublicAddresses() {}

    static boolean includes(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? NOT_PUBLIC_4.stream().noneMatch(block -> block.includes(bytes))
                : PUBLIC_6.includes(bytes)
                        && NOT_PUBLIC_6.stream().noneMatch(block -> block.includes(bytes));
    }

    /** The addresses that begin with the same bits. */
    private static final class Block {

        private final byte[] first;
        private final int bits;

        Block(String first, int bits) {
            this.first = HexFormat.of().parseHex(first);
            this.bits = bits;
        }

        boolean includes(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> bit % 8;
                if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
