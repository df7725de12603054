/** Compares Parley's socket server with the official Socket.IO server: a room, idle sockets, a member that stops reading. */
@NullMarked
package dev.parley.bench.socket;

import org.jspecify.annotations.NullMarked;
