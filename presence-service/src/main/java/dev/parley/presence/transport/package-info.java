/**
 * What every kind of live connection shares: encoded messages, the way out to one client with its bounds, rooms, and
 * the fan-out that encodes an event once for each wire form and hands the same buffer to every member.
 *
 * <p>Nothing here knows a wire protocol beyond the WebSocket frame.
 */
@NullMarked
package dev.parley.presence.transport;

import org.jspecify.annotations.NullMarked;
