package dev.parley.gateway.node;

import java.net.InetAddress;
import java.util.List;
import reactor.core.publisher.Mono;

/** Finds the addresses that a host name leads to. */
public interface HostLookup {

    /** @return fails, or is empty, if the name leads nowhere */
    Mono<List<InetAddress>> addressesOf(String host);
}
