/**
 * An Engine.IO 4 server on reactor-netty: HTTP long polling, WebSocket, and the upgrade from one to the other.
 *
 * @see <a href="https://socket.io/docs/v4/engine-io-protocol/">The Engine.IO protocol</a>
 */
@NullMarked
package dev.parley.presence.engineio;

import org.jspecify.annotations.NullMarked;
