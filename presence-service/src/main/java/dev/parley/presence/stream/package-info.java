/** The stream of conversation events: reads it, removes duplicates, hands events to renderers, keeps the recent ones, replays them. */
@NullMarked
package dev.parley.presence.stream;

import org.jspecify.annotations.NullMarked;
