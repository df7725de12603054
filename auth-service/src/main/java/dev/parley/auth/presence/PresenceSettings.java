package dev.parley.auth.presence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How it is learned who is online.
 *
 * @param timeout how long it is waited for presence-service
 */
@ConfigurationProperties("parley.auth.presence")
record PresenceSettings(@DefaultValue("500ms") Duration timeout) {}
