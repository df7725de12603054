/** Reads conversation events, removes duplicates, hands events to the renderers, keeps the recent ones and replays them. */
@NullMarked
package dev.parley.presence.stream;

import org.jspecify.annotations.NullMarked;
