/**
 * Sends encoded messages to live connections: the queue and the limits of each client, rooms, and the fan-out that encodes an
 * event once for each wire form and hands the same buffer to every recipient.
 *
 * <p>Knows no wire protocol beyond the WebSocket frame.
 */
@NullMarked
package dev.parley.presence.transport;

import org.jspecify.annotations.NullMarked;
