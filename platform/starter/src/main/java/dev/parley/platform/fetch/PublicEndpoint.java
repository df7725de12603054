package dev.parley.platform.fetch;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * An address that a user named, and where it leads.
 *
 * @param at what was checked: the only thing to connect to
 */
public record PublicEndpoint(URI uri, InetSocketAddress at) {

    public boolean isSecure() {
        return new FetchAddress(uri).isSecure();
    }

    /** What the server is asked for. */
    public String pathAndQuery() {
        return new FetchAddress(uri).pathAndQuery();
    }
}
