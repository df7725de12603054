package dev.parley.platform.fetch;

import dev.parley.platform.error.ApiException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.function.Predicate;

/**
 * Finds where addresses lead that users name, and refuses those that lead to what only the platform can reach (server-side
 * request forgery). Every address that a host has must be public. Who connects to the very {@link PublicEndpoint#at} that was checked is not
 * led elsewhere by a name that changes a moment later.
 */
public final class PublicEndpoints {

    private final boolean allowHttp;
    private final HostLookup hosts;
    private final Predicate<InetAddress> isAllowed;

    /** @param allowPrivate whether {@code http} and addresses that are not public are taken: for tests */
    public PublicEndpoints(boolean allowPrivate) {
        this(allowPrivate, InetAddress::getAllByName, address -> allowPrivate || PublicAddresses.contain(address));
    }

    PublicEndpoints(boolean allowHttp, HostLookup hosts, Predicate<InetAddress> isAllowed) {
        this.allowHttp = allowHttp;
        this.hosts = hosts;
        this.isAllowed = isAllowed;
    }

    /**
     * Looks up the host of an address. It may block.
     *
     * @throws ApiException with {@link FetchError#NOT_ALLOWED}
     * @throws UnknownHostException if the host is not known now
     */
    public PublicEndpoint find(String address) throws UnknownHostException {
        FetchAddress read = read(address);
        return new PublicEndpoint(read.uri(), lookUp(read));
    }

    /**
     * Whether an address has the form of one that may be used. Nothing is looked up.
     *
     * @throws ApiException with {@link FetchError#NOT_ALLOWED}
     */
    public URI check(String address) {
        return read(address).uri();
    }

    FetchAddress read(String address) {
        return FetchAddress.read(address, allowHttp);
    }

    FetchAddress redirected(FetchAddress from, String location) {
        return from.redirected(location, allowHttp);
    }

    /** Under the name that was asked for, for the certificate and the {@code Host} header, and at the address that was found. */
    InetSocketAddress lookUp(FetchAddress address) throws UnknownHostException {
        InetAddress[] found = hosts.lookUp(address.host());
        for (InetAddress each : found) {
            if (!isAllowed.test(each)) {
                throw FetchAddress.refused("Its host is not public");
            }
        }
        return new InetSocketAddress(InetAddress.getByAddress(address.host(), found[0].getAddress()), address.port());
    }
}
