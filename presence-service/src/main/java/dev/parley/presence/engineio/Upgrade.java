package dev.parley.presence.engineio;

import dev.parley.presence.transport.WebSocketCarrier;
import io.netty.util.concurrent.Future;

/**
 * A WebSocket that is about to take over from polling.
 *
 * @param carrier the WebSocket
 * @param timer gives the upgrade up when it takes too long
 */
record Upgrade(WebSocketCarrier carrier, Future<?> timer) {}
