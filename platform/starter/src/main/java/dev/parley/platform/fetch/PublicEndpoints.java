package dev.parley.platform.fetch;

import dev.parley.platform.error.ApiException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/**
 * Finds where addresses lead that users name, and refuses those that lead to what only the platform can reach (server-side request
 * forgery). Every address that a host has must be public. Who connects to the very {@link PublicEndpoint#at} that was checked is not
 * led elsewhere by a name that changes a moment later.
 */
public final class PublicEndpoints implements AutoCloseable {

    /** Of one question to one name server. */
    private static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(2);

    private final EndpointRules rules;
    private final Function<String, Mono<List<InetAddress>>> hosts;
    private final Runnable close;

    /** @param allowPrivate whether {@code http} and addresses that are not public are taken: for tests */
    public PublicEndpoints(boolean allowPrivate) {
        this(allowPrivate, new DnsLookup(LOOK_UP_TIMEOUT));
    }

    private PublicEndpoints(boolean allowPrivate, DnsLookup lookup) {
        this(
                new EndpointRules(allowPrivate, address -> allowPrivate || PublicAddresses.contain(address)),
                lookup::lookUp,
                lookup::close);
    }

    PublicEndpoints(EndpointRules rules, Function<String, Mono<List<InetAddress>>> hosts, Runnable close) {
        this.rules = rules;
        this.hosts = hosts;
        this.close = close;
    }

    /**
     * Has the host of an address looked up.
     *
     * @return fails with {@link FetchError#NOT_ALLOWED}, or with {@link UnknownHostException} if the host is not known now
     */
    public Mono<PublicEndpoint> find(String address) {
        return Mono.fromSupplier(() -> rules.read(address)).flatMap(read -> hosts.apply(read.host())
                .flatMap(found -> Mono.fromCallable(() -> new PublicEndpoint(read.uri(), rules.checked(read, found)))));
    }

    /**
     * Whether an address has the form of one that may be used. Nothing is looked up.
     *
     * @throws ApiException with {@link FetchError#NOT_ALLOWED}
     */
    public URI check(String address) {
        return rules.read(address).uri();
    }

    @Override
    public void close() {
        close.run();
    }

    /** Which addresses may be used. */
    record EndpointRules(boolean allowHttp, Predicate<InetAddress> isAllowed) {

        FetchAddress read(String address) {
            return FetchAddress.read(address, allowHttp);
        }

        FetchAddress redirected(FetchAddress from, String location) {
            return from.redirected(location, allowHttp);
        }

        /** Under the name that was asked for, for the certificate and the {@code Host} header, and at the address that was found. */
        InetSocketAddress checked(FetchAddress address, List<InetAddress> found) throws UnknownHostException {
            if (found.isEmpty()) {
                throw new UnknownHostException(address.host());
            }
            for (InetAddress each : found) {
                if (!isAllowed.test(each)) {
                    throw FetchAddress.refused("Its host is not public");
                }
            }
            byte[] first = found.get(0).getAddress();
            return new InetSocketAddress(InetAddress.getByAddress(address.host(), first), address.port());
        }
    }
}
