package dev.parley.notification.webpush;

import dev.parley.platform.fetch.PublicEndpoints;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebPushConfiguration {

    /** Where the subscriptions of browsers may lead, when they are made and when they are used. */
    @Bean
    PublicEndpoints publicEndpoints(EndpointSettings settings) {
        return new PublicEndpoints(settings.allowPrivateEndpoints());
    }
}
