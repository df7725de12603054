package dev.parley.presence.stream;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.membership.LocalUser;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.stream.EventSubjects.MembershipEffect;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import dev.parley.presence.surface.FanoutScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends one device what it missed, in the way in which it would have been sent live: by the same renderers, in rooms that
 * hold only this device. There the device joins and leaves conversations with the system messages that it missed. Used by
 * one thread at a time.
 */
public final class Replay {

    /**
     * What is known about a device that reconnects.
     *
     * @param from its stream offset
     * @param missed the events that may concern it, in order
     * @param conversations the conversations of its user after those events
     * @param fromSeqs the first visible {@code seq} of each conversation of which the user is a member now
     * @param leftFromSeqs the same, as far as known, of the conversations that the user has left since
     */
    public record Gap(
            StreamOffset from,
            List<RecentEvent> missed,
            Set<String> conversations,
            Map<String, Long> fromSeqs,
            Map<String, Long> leftFromSeqs) {}

    private final Gap gap;
    private final ConnectedUser user;
    private final List<RecentEvent> missed;
    private final ReplayTarget target;
    private final FanoutScope scope;
    private final MissedConversationChanges changes;
    private final EventDispatcher dispatcher;

    /** What the first event about the user's membership did, for the conversations that have such an event. */
    private final Map<String, MembershipEffect> firstEffects = new HashMap<>();

    private StreamPosition position;
    private int next;

    /** @param renderers those of the device's surface */
    public Replay(ConnectedDevice device, Gap gap, List<EventRenderer> renderers, FanoutScope live) {
        this.gap = gap;
        this.user = device.user();
        this.missed = partlySentFirst(gap.missed(), gap.from());
        this.position = gap.from().position();
        this.target = new ReplayTarget(device, position.partitions());
        this.scope = live.in(new RoomRegistry());
        this.changes = new MissedConversationChanges(user.key(), scope.members());
        this.dispatcher = new EventDispatcher(renderers, List.of(changes), failure -> {
            // A device that does not get everything must be told to reload.
            throw failure;
        });
        joinInitialRooms();
    }

    /**
     * Moves the event of which the device has some parts to the front. Until it is complete the device keeps its offset
     * within that event, so that the rest is not lost if the connection breaks again. The order of its conversation does
     * not change, because all its other missed events come later.
     */
    private static List<RecentEvent> partlySentFirst(List<RecentEvent> missed, StreamOffset from) {
        List<RecentEvent> ordered = new ArrayList<>(missed);
        ordered.sort(Comparator.comparing(event -> !event.isPartlySentTo(from)));
        return ordered;
    }

    /** Joins the conversations of which the user was a member before the missed events. */
    private void joinInitialRooms() {
        for (RecentEvent recent : missed) {
            MembershipEffect effect = EventSubjects.membershipEffect(recent.event(), user.id());
            if (effect != MembershipEffect.NONE) {
                firstEffects.putIfAbsent(recent.event().conversationId(), effect);
            }
        }
        Set<String> initial = new HashSet<>(gap.conversations());
        firstEffects.forEach((conversationId, effect) -> {
            if (effect == MembershipEffect.ADDED) {
                initial.remove(conversationId);
            } else {
                initial.add(conversationId);
            }
        });
        // The other conversations have no missed events.
        initial.retainAll(
                missed.stream().map(event -> event.event().conversationId()).collect(Collectors.toSet()));
        Map<String, Long> fromSeqs = new HashMap<>();
        initial.forEach(conversationId -> fromSeqs.put(conversationId, initialFromSeq(conversationId)));
        LocalUser local = new LocalUser(user);
        scope.members().userConnected(local);
        scope.members().deviceConnected(target);
        scope.members().listenToAll(target, local, fromSeqs);
    }

    private long initialFromSeq(String conversationId) {
        Map<String, Long> known = firstEffects.containsKey(conversationId) ? gap.leftFromSeqs() : gap.fromSeqs();
        return known.getOrDefault(conversationId, LocalUser.UNKNOWN);
    }

    /** Sends about this many bytes more. Returns whether that was all. */
    public boolean send(long bytes) {
        long until = target.bytes() + bytes;
        while (next < missed.size() && target.bytes() < until) {
            send(missed.get(next++));
        }
        return next == missed.size();
    }

    private void send(RecentEvent recent) {
        boolean partlySent = recent.isPartlySentTo(gap.from());
        if (!partlySent) {
            position = position.max(recent.position());
        }
        StreamOffset.Part received = gap.from().part();
        target.skipParts(received != null && partlySent ? received.number() : ReplayTarget.NONE);
        StreamOffset offset = StreamOffset.after(Instant.now(), position);
        ConversationEvent event = recent.event();
        dispatcher.dispatch(event, EventContext.at(scope, part -> offset.atPart(recent.partition(), part)
                .format()));
        correctFromSeq(event);
    }

    /** The real {@code fromSeq} is lower than the {@code seq} of the system message if the user left and rejoined since. */
    private void correctFromSeq(ConversationEvent event) {
        Long fromSeq = gap.fromSeqs().get(event.conversationId());
        if (fromSeq != null
                && EventSubjects.membershipEffect(event, user.id()) == MembershipEffect.ADDED
                && event instanceof MessageCreated notice
                && fromSeq < notice.message().seq()) {
            scope.members().correctFromSeq(user.key(), event.conversationId(), fromSeq);
        }
    }

    /** The conversations that changed in the events sent so far. */
    public MissedConversationChanges changes() {
        return changes;
    }

    /** Reaches only this device. */
    public FanoutScope scope() {
        return scope;
    }

    /** How many bytes were sent. */
    public long bytes() {
        return target.bytes();
    }

    /** How many messages were sent. */
    public int events() {
        return target.events();
    }
}
