package dev.parley.gateway.forwarded;

import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells trusted proxies from everybody else. */
@Component
public final class ProxyAddresses {

    private final List<IpSubnetFilterRule> rules;

    ProxyAddresses(TrustedProxies proxies) {
        this.rules = proxies.rules();
    }

    public boolean contains(InetSocketAddress peer) {
        return rules.stream().anyMatch(rule -> rule.matches(peer));
    }
}
