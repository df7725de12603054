/**
 * A Socket.IO 5 server on top of Engine.IO: namespaces, events, acknowledgements and binary attachments.
 *
 * @see <a href="https://socket.io/docs/v4/socket-io-protocol/">The Socket.IO protocol</a>
 */
@NullMarked
package dev.parley.presence.socketio;

import org.jspecify.annotations.NullMarked;
