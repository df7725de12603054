package dev.parley.gateway.origin;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

@Configuration(proxyBeanMethods = false)
class OriginConfiguration {

    /** Spring finds it by this name and asks it before any filter. */
    @Bean
    ForwardedHeaderTransformer forwardedHeaderTransformer(TrustedProxies proxies) {
        return new ClientOrigin(proxies);
    }
}
