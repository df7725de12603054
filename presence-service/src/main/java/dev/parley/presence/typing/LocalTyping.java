package dev.parley.presence.typing;

import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.Device;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the devices of one user at this node are typing. */
record LocalTyping(ConnectedUser user, List<Signal> signals) {

    /**
     * A device is typing in a conversation.
     *
     * @param heardAt when the device reported it last; nano time
     * @param publishedAt when that was published last; nano time
     */
    record Signal(Device device, String conversationId, long heardAt, long publishedAt) {

        boolean isOf(Device other, String otherConversationId) {
            return device.equals(other) && conversationId.equals(otherConversationId);
        }

        boolean isHeardBefore(long nanoTime) {
            return heardAt - nanoTime < 0;
        }
    }

    static LocalTyping none(ConnectedUser user) {
        return new LocalTyping(user, List.of());
    }

    Optional<Signal> of(Device device, String conversationId) {
        return signals.stream()
                .filter(signal -> signal.isOf(device, conversationId))
                .findFirst();
    }

    long count(Device device) {
        return signals.stream().filter(signal -> signal.device().equals(device)).count();
    }

    /** With this instead of what the device reported about the conversation before. */
    LocalTyping with(Signal newer) {
        List<Signal> others = without(signal -> signal.isOf(newer.device(), newer.conversationId()))
                .signals();
        return new LocalTyping(
                user, Stream.concat(others.stream(), Stream.of(newer)).toList());
    }

    LocalTyping without(Predicate<Signal> ended) {
        return new LocalTyping(user, signals.stream().filter(ended.negate()).toList());
    }

    /** The conversations in which the user is typing here, and is not typing there. */
    Set<String> endedIn(LocalTyping later) {
        Set<String> ended = new HashSet<>(conversationIds());
        ended.removeAll(later.conversationIds());
        return ended;
    }

    private Set<String> conversationIds() {
        return signals.stream().map(Signal::conversationId).collect(Collectors.toSet());
    }

    boolean isEmpty() {
        return signals.isEmpty();
    }
}
