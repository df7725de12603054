/** Sockets: a room, idle connections, a reader that stops, beside the official server; and a message end to end. */
@NullMarked
package dev.parley.bench.socket;

import org.jspecify.annotations.NullMarked;
