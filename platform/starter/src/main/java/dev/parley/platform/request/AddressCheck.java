package dev.parley.platform.request;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses a request whose path or query is not percent-encoded UTF-8 (RFC 3986, section 2.5), or holds NUL. Else it would be read with
 * other characters in place of those bytes: a search would find what nobody asked for.
 */
final class AddressCheck implements WebFilter, Ordered {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        URI address = exchange.getRequest().getURI();
        if (isText(address.getRawPath()) && isText(address.getRawQuery())) {
            return chain.filter(exchange);
        }
        return Mono.error(() -> ApiException.of(
                PlatformError.MALFORMED_REQUEST,
                "The path or the query is not in percent-encoded UTF-8, or holds NUL"));
    }

    static boolean isText(@Nullable String encoded) {
        if (encoded == null) {
            return true;
        }
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char character = encoded.charAt(i);
            if (character == 0 || character > 0x7E) {
                return false;
            }
            if (character != '%') {
                bytes[length++] = (byte) character;
            } else if (i + 2 < encoded.length() && isHex(encoded, i + 1) && isHex(encoded, i + 2)) {
                bytes[length++] = (byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3);
                i += 2;
            } else {
                return false;
            }
        }
        return isText(ByteBuffer.wrap(bytes, 0, length));
    }

    private static boolean isHex(String text, int index) {
        return HexFormat.isHexDigit(text.charAt(index));
    }

    private static boolean isText(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).chars().noneMatch(unit -> unit == 0);
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** After authentication, and before anything that reads a variable of the path or a parameter. */
    @Override
    public int getOrder() {
        return 0;
    }
}
