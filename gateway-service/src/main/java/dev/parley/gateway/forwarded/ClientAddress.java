package dev.parley.gateway.forwarded;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * By what clients are counted whose user is not known. Of an IPv6 address only the first 64 bits count: a single client has
 * all addresses of such a network (RFC 6177).
 */
public final class ClientAddress {

    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** @param peer null if it is not known; all such clients are one */
    public static String of(@Nullable InetSocketAddress peer) {
        if (peer == null) {
            return "unknown";
        }
        InetAddress address = peer.getAddress();
        if (!(address instanceof Inet6Address)) {
            return address == null ? peer.getHostString() : address.getHostAddress();
        }
        byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < NETWORK_BYTES; i += 2) {
            text.append(Integer.toHexString((network[i] & 0xff) << 8 | network[i + 1] & 0xff))
                    .append(':');
        }
        return text.append(":/64").toString();
    }
}
