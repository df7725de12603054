package dev.parley.auth.presence;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How it is learned who is online.
 *
 * @param timeout how long it is waited for presence-service
 * @param nodes the addresses of all that run it; none means the one of {@code parley.services.presence}
 */
@ConfigurationProperties("parley.auth.presence")
record PresenceSettings(
        @DefaultValue("500ms") Duration timeout,
        @DefaultValue List<URI> nodes) {}
