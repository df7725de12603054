package dev.parley.gateway.websocket;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * WebSockets through the gateway.
 *
 * @param drainWindow over how long the clients are sent away when the gateway stops; zero sends all at once. Shorter than
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}, after which the rest are dropped
 */
@ConfigurationProperties("parley.gateway.sockets")
record WebSocketSettings(@DefaultValue("2s") Duration drainWindow) {}
