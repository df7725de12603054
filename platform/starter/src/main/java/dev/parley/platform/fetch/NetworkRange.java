package dev.parley.platform.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses that begin with the same bits (CIDR notation, RFC 4632). */
record NetworkRange(byte[] prefix, int bits) {

    /** @param range an IPv4 or IPv6 address in figures, a slash, and how many bits count */
    static NetworkRange of(String range) {
        int slash = range.indexOf('/');
        try {
            // In figures, so nothing is looked up.
            byte[] prefix = InetAddress.getByName(range.substring(0, slash)).getAddress();
            return new NetworkRange(prefix, Integer.parseInt(range.substring(slash + 1)));
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException(range, wrong);
        }
    }

    /** @param address 4 bytes of IPv4, or 16 of IPv6 */
    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest) & 0xff;
        return rest == 0 || (address[whole] & mask) == (prefix[whole] & mask);
    }
}
