package dev.parley.presence.surface;

import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.WireForm;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client family on the realtime core: it names events and renders them. Order, replay, duplicates, rate limits and slow
 * readers are the core's.
 */
public interface LiveSurface {

    /** The form that all devices of this surface read, and no others. */
    WireForm form();

    /** What its devices are sent. */
    List<EventRenderer> renderers();

    /** The names of the commands that its clients may send, as rate limits name them. */
    Collection<String> commands();

    /**
     * What a device is sent first, after what it missed.
     *
     * @param offset where the device stands in the stream
     * @param onlineUserIds the online users that its user sees
     * @param resync why the device must reload; null if it need not
     */
    List<Message> greeting(String offset, List<String> onlineUserIds, @Nullable ResyncReason resync);

    /** Tells where a device stands in the stream that was sent nothing else for long. May be dropped for a slow reader. */
    Message position(String offset);

    /** How it shows conversations that changed; empty if its clients are not told. */
    default Optional<ConversationPresenter<?>> conversations() {
        return Optional.empty();
    }
}
