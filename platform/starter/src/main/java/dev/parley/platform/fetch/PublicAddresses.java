package dev.parley.platform.fetch;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Tells addresses on the internet from those that only a machine inside can reach. */
final class PublicAddresses {

    /** The special-purpose registry of IPv4 (RFC 6890 and later), and what clouds answer their machines at. */
    private static final List<NetworkRange> CLOSED_V4 = ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by the customers of a provider (CGNAT); also metadata of Alibaba Cloud
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // what Azure answers its machines at
            "169.254.0.0/16", // link-local; metadata of most clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments; metadata of Oracle Cloud
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /** The only part of IPv6 that is given out. All special ranges outside of it are closed with it: ULA, link-local, mapped, NAT64, … */
    private static final NetworkRange UNICAST_V6 = NetworkRange.of("2000::/3");

    private static final List<NetworkRange> CLOSED_V6 = ranges(
            "2001::/23", // protocol assignments, Teredo among them, which holds IPv4 addresses
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which holds IPv4 addresses
            "3fff::/20"); // documentation

    private static final int V4_BYTES = 4;

    private PublicAddresses() {}

    private static List<NetworkRange> ranges(String... ranges) {
        return Stream.of(ranges).map(NetworkRange::of).toList();
    }

    /** An IPv4 address that is mapped to IPv6 is one of IPv4 here: Java makes it one. */
    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == V4_BYTES
                ? !isIn(CLOSED_V4, bytes)
                : UNICAST_V6.contains(bytes) && !isIn(CLOSED_V6, bytes);
    }

    private static boolean isIn(List<NetworkRange> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
