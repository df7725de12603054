package dev.parley.presence.surface;

import dev.parley.presence.transport.WireForm;
import dev.parley.presence.transport.WireMessage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client family on the realtime core: it names events and renders them. The core takes care of order, replay,
 * duplicates, rate limits and slow readers.
 */
public interface LiveSurface {

    /** The form that exactly the devices of this surface read. */
    WireForm form();

    /** The renderers of its events. */
    List<EventRenderer> renderers();

    /** The names of the commands that its clients may send, as rate limits name them. */
    Collection<String> commands();

    /**
     * The first messages to a device, after what it missed.
     *
     * @param offset the stream offset of the device
     * @param onlineUserIds the online users whom its user sees
     * @param resync why the device must reload; null if it need not
     */
    List<WireMessage> greeting(String offset, List<String> onlineUserIds, @Nullable ResyncReason resync);

    /** Tells a device its stream offset if it was sent nothing else for long. May be dropped for a slow reader. */
    WireMessage position(String offset);

    /** How it shows conversations that changed; empty if it does not show them. */
    default Optional<ConversationPresenter<?>> conversations() {
        return Optional.empty();
    }
}
