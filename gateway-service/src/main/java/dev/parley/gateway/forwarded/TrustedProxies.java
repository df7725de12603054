package dev.parley.gateway.forwarded;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which proxies are believed about where a request came from.
 *
 * @param trustedProxies addresses of the proxies in front of the gateway, each as {@code 10.0.0.7} or {@code 10.0.0.0/8}
 */
@ConfigurationProperties("parley.gateway")
record TrustedProxies(@DefaultValue List<String> trustedProxies) {

    TrustedProxies {
        trustedProxies.forEach(TrustedProxies::rule);
    }

    /** Match the addresses of the proxies. */
    List<IpSubnetFilterRule> rules() {
        return trustedProxies.stream().map(TrustedProxies::rule).toList();
    }

    private static IpSubnetFilterRule rule(String proxy) {
        int slash = proxy.indexOf('/');
        InetAddress address =
                NetUtil.createInetAddressFromIpAddressString(slash < 0 ? proxy : proxy.substring(0, slash));
        try {
            if (address != null) {
                int prefix = slash < 0 ? address.getAddress().length * 8 : Integer.parseInt(proxy.substring(slash + 1));
                return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException noPrefix) {
            // refused below
        }
        throw new IllegalArgumentException("parley.gateway.trusted-proxies: not an address or a network: " + proxy);
    }
}
