package dev.parley.presence.stream;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.membership.LocalUser;
import dev.parley.presence.membership.MemberRooms;
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
 * Sends one device what it missed, as it would have been sent then: by the same renderers, in rooms that hold nobody but this
 * device, which joins and leaves conversations there with the system messages that it missed. Of one thread at a time.
 */
public final class Replay {

    /**
     * What is known of a device that comes back.
     *
     * @param from where it stands in the stream
     * @param missed the events that may concern it, in order
     * @param conversations those that its user is in after all that
     * @param fromSeqs the first visible {@code seq} of each conversation that the user is in now
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

    /** The first thing that happened to the membership, of the conversations that the user was added to or left. */
    private final Map<String, MembershipEffect> firstEffects = new HashMap<>();

    private StreamPosition position;
    private int next;

    /** @param renderers of the device's surface */
    public Replay(ConnectedDevice device, Gap gap, List<EventRenderer> renderers, FanoutScope live) {
        this.gap = gap;
        this.user = device.user();
        this.missed = begunFirst(gap.missed(), gap.from());
        this.position = gap.from().position();
        this.target = new ReplayTarget(device, position.partitions());
        RoomRegistry rooms = new RoomRegistry();
        MemberRooms members = new MemberRooms(rooms);
        this.scope = live.with(rooms, members);
        this.changes = new MissedConversationChanges(user.key(), members);
        this.dispatcher = new EventDispatcher(renderers, List.of(changes), failure -> {
            // A device that is not sent all of it must be told so.
            throw failure;
        });
        enter();
    }

    /**
     * The event that the device has a part of comes first: the device then still stands within it, so that the rest is not
     * lost if the connection breaks again. All else of that conversation comes after it anyway.
     */
    private static List<RecentEvent> begunFirst(List<RecentEvent> missed, StreamOffset from) {
        List<RecentEvent> ordered = new ArrayList<>(missed);
        ordered.sort(Comparator.comparing(one -> !one.isBegun(from)));
        return ordered;
    }

    /** Joins the conversations that the user was in at the beginning. */
    private void enter() {
        for (RecentEvent one : missed) {
            MembershipEffect effect = EventSubjects.membershipEffect(one.event(), user.id());
            if (effect != MembershipEffect.NONE) {
                firstEffects.putIfAbsent(one.event().conversationId(), effect);
            }
        }
        Set<String> first = new HashSet<>(gap.conversations());
        firstEffects.forEach((conversationId, effect) -> {
            if (effect == MembershipEffect.ADDED) {
                first.remove(conversationId);
            } else {
                first.add(conversationId);
            }
        });
        // Nothing is sent in the others.
        first.retainAll(missed.stream().map(one -> one.event().conversationId()).collect(Collectors.toSet()));
        Map<String, Long> seen = new HashMap<>();
        first.forEach(conversationId -> seen.put(conversationId, firstSeen(conversationId)));
        LocalUser local = new LocalUser(user);
        scope.members().userCame(local);
        scope.members().enter(target);
        scope.members().listenToAll(target, local, seen);
    }

    private long firstSeen(String conversationId) {
        Map<String, Long> known = firstEffects.containsKey(conversationId) ? gap.leftFromSeqs() : gap.fromSeqs();
        return known.getOrDefault(conversationId, LocalUser.UNKNOWN);
    }

    /** Goes on until so many bytes were sent. Returns whether that was all. */
    public boolean send(long bytes) {
        long until = target.bytes() + bytes;
        while (next < missed.size() && target.bytes() < until) {
            send(missed.get(next++));
        }
        return next == missed.size();
    }

    private void send(RecentEvent one) {
        boolean begun = one.isBegun(gap.from());
        if (!begun) {
            position = position.and(one.position());
        }
        StreamOffset.Part within = gap.from().within();
        target.leaveOut(within != null && begun ? within.number() : ReplayTarget.NONE);
        StreamOffset offset = StreamOffset.after(Instant.now(), position);
        ConversationEvent event = one.event();
        dispatcher.dispatch(event, EventContext.at(scope, part -> offset.part(one.partition(), part)
                .format()));
        correctFromSeq(event);
    }

    /** The real {@code fromSeq} is lower than that of the system message where the user left and came back since. */
    private void correctFromSeq(ConversationEvent event) {
        Long fromSeq = gap.fromSeqs().get(event.conversationId());
        if (fromSeq != null
                && EventSubjects.membershipEffect(event, user.id()) == MembershipEffect.ADDED
                && event instanceof MessageCreated notice
                && fromSeq < notice.message().seq()) {
            scope.members().correctFromSeq(user.key(), event.conversationId(), fromSeq);
        }
    }

    /** The conversations whose view changed in what was sent so far. */
    public MissedConversationChanges changes() {
        return changes;
    }

    /** Reaches this device alone. */
    public FanoutScope scope() {
        return scope;
    }

    /** The bytes that were sent. */
    public long bytes() {
        return target.bytes();
    }

    /** How many events were sent. */
    public int events() {
        return target.events();
    }
}
