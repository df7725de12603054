package dev.parley.presence.session;

import dev.parley.events.MessageSnapshot;
import dev.parley.presence.stream.RecentEvent;
import dev.parley.presence.stream.StreamOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a device that reconnects, at the moment when it enters its rooms.
 *
 * @param at the stream offset of that moment
 * @param conversations the conversations that the device listens to
 * @param fromSeqs the first visible {@code seq} of each conversation of which its user is a member
 * @param opened the conversations that came into its user's list shortly before it disconnected, or since
 * @param missed the events that it missed, in order; null if this node no longer has all of them
 * @param received the newest messages of the conversations in which it missed none
 */
record SessionEntry(
        StreamOffset at,
        Set<String> conversations,
        Map<String, Long> fromSeqs,
        Set<String> opened,
        @Nullable List<RecentEvent> missed,
        List<MessageSnapshot> received) {}
