package dev.parley.presence.engineio;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.StringUtils;

/**
 * The address by which the sessions of clients are counted. Each proxy appends the address of its caller to {@code
 * X-Forwarded-For}, and the gateway replaces the header by what it has seen itself. So only as many entries at the end are
 * trusted as there are proxies; somebody who reaches this service without them can invent addresses, and only evades limits.
 */
final class ClientAddress {

    private static final String UNKNOWN = "unknown";

    /** Of an IPv6 address: one customer of a provider has all addresses with the same beginning (RFC 6177). */
    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    static String of(ServerHttpRequest request, int trustedHops) {
        List<String> forwarded = request.getHeaders().getOrEmpty("X-Forwarded-For").stream()
                .flatMap(header -> Arrays.stream(StringUtils.tokenizeToStringArray(header, ",")))
                .toList();
        if (trustedHops == 0 || forwarded.isEmpty()) {
            return peer(request.getRemoteAddress());
        }
        String address = forwarded.get(Math.max(0, forwarded.size() - trustedHops));
        return counted(parse(address));
    }

    private static String peer(@Nullable InetSocketAddress peer) {
        return peer == null || peer.getAddress() == null ? UNKNOWN : counted(peer.getAddress());
    }

    /** Asks no name server. */
    private static @Nullable InetAddress parse(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        try {
            // An IPv4 address that is written as an IPv6 one becomes an IPv4 address.
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    private static String counted(@Nullable InetAddress address) {
        if (address == null) {
            return UNKNOWN;
        }
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
