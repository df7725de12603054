package dev.parley.platform.fetch;

import dev.parley.platform.error.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** An address that a user names, before its host is looked up. */
record FetchAddress(URI uri) {

    private static final int MAX_LENGTH = 2_048;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    /** Whoever reads hosts as browsers do (WHATWG URL, "ends in a number") takes these for IPv4: {@code 0x7f.1}, {@code 2130706433}. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?i)(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?");

    private static final String OCTET = "(?:0|[1-9]\\d{0,2})";
    private static final Pattern DOTTED_IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /**
     * Reads an address.
     *
     * @throws ApiException with {@link FetchError#NOT_ALLOWED}
     */
    static FetchAddress read(String address, boolean allowHttp) {
        try {
            return checked(new URI(address), allowHttp);
        } catch (URISyntaxException unreadable) {
            throw refused("It cannot be read");
        }
    }

    /** Where this address leads on. */
    FetchAddress redirected(String location, boolean allowHttp) {
        try {
            return checked(uri.resolve(new URI(location)), allowHttp);
        } catch (URISyntaxException | IllegalArgumentException unreadable) {
            throw refused("It leads to an address that cannot be read");
        }
    }

    private static FetchAddress checked(URI given, boolean allowHttp) throws URISyntaxException {
        URI uri = new URI(given.toASCIIString());
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme());
        if (uri.toString().length() > MAX_LENGTH) {
            throw refused("It is too long");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !(isHttp && allowHttp)) {
            throw refused("Only https is fetched");
        }
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getHost().contains("%")) {
            throw refused("It needs a host, and no user");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw refused("There is no such port");
        }
        if (ENDS_IN_A_NUMBER.matcher(uri.getHost()).matches()
                && !DOTTED_IPV4.matcher(uri.getHost()).matches()) {
            throw refused("An IPv4 address is written as four decimal numbers");
        }
        return new FetchAddress(uri);
    }

    static ApiException refused(String why) {
        return ApiException.of(FetchError.NOT_ALLOWED, "The address may not be fetched. " + why);
    }

    boolean isSecure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** A name, or an IP address in figures. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : isSecure() ? HTTPS_PORT : HTTP_PORT;
    }

    /** What the server is asked for. */
    String pathAndQuery() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
