package dev.parley.notification.webpush;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the subscriptions of browsers may lead.
 *
 * @param allowPrivateEndpoints whether they may lead to {@code http} and to addresses that are not public: for tests
 */
@ConfigurationProperties("parley.notification")
public record EndpointSettings(@DefaultValue("false") boolean allowPrivateEndpoints) {}
