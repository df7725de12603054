package dev.parley.gateway.forwarded;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

@Configuration(proxyBeanMethods = false)
class ForwardedConfiguration {

    /** Spring finds the bean by this name, and calls it before any filter. */
    @Bean
    ForwardedHeaderTransformer forwardedHeaderTransformer(ProxyAddresses proxies) {
        return new ForwardedHeaders(proxies);
    }
}
