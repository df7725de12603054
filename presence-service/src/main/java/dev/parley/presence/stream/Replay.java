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

/**
 * Sends one device what it missed, in the way in which it would have been sent live: by the same renderers, in rooms that
 * hold only this device. There the device joins and leaves conversations with the system messages that it missed. Messages
 * are sent as they are now, not as they were when the device missed them. Used by one thread at a time.
 */
public final class Replay {

    /**
     * What is known about a device that reconnects.
     *
     * @param from its stream offset
     * @param fromSeqs the first visible {@code seq} of each conversation of which the user is a member now
     * @param leftFromSeqs the same, as far as known, of the conversations that the user has left since
     */
    public record Gap(StreamOffset from, Map<String, Long> fromSeqs, Map<String, Long> leftFromSeqs) {}

    /** As many events are sent while no new event is handled. */
    private static final int MAX_SENT_BETWEEN_EVENTS = 64;

    private final Gap gap;
    private final ConnectedDevice device;
    private final ConnectedUser user;
    private final EventLog eventLog;
    private final FanoutScope live;
    private final ReplayTarget target;
    private final FanoutScope scope;
    private final LocalUser local;
    private final MissedConversationChanges changes;
    private final EventDispatcher dispatcher;

    /** The conversations of the events that were added so far: what the user is in them follows from those events. */
    private final Set<String> known = new HashSet<>();

    private StreamPosition position;
    private StreamOffset until;
    private List<RecentEvent> missed = List.of();
    private int next;

    /** @param renderers those of the device's surface */
    public Replay(ConnectedDevice device, Gap gap, List<EventRenderer> renderers, FanoutScope live, EventLog eventLog) {
        this.gap = gap;
        this.device = device;
        this.user = device.user();
        this.eventLog = eventLog;
        this.live = live;
        this.position = gap.from().position();
        this.until = gap.from();
        this.target = new ReplayTarget(device, position.partitions());
        this.scope = live.in(new RoomRegistry());
        this.local = new LocalUser(user);
        scope.members().userConnected(local);
        scope.members().deviceConnected(target);
        this.changes = new MissedConversationChanges(user.key(), scope.members());
        this.dispatcher = new EventDispatcher(renderers, List.of(changes), failure -> {
            // A device that does not get everything must be told to reload.
            throw failure;
        });
    }

    /**
     * Adds what was missed since the events that were added before. All of those must have been sent.
     *
     * @param events the events that may concern the device, in order
     * @param conversations the conversations of its user after these events
     * @param newUntil the stream offset up to which these are all
     */
    public void add(List<RecentEvent> events, Set<String> conversations, StreamOffset newUntil) {
        joinRoomsBefore(events, conversations);
        missed = partlySentFirst(events, gap.from());
        next = 0;
        until = newUntil;
    }

    /**
     * Goes on with the events that were handled since, when all events that were added before have been sent.
     *
     * @param view the log between two events
     * @return whether the device has been sent everything by now; false if there was too much to send it at once, and it was
     *     only added
     * @throws IllegalStateException if the log no longer has all of it
     */
    public boolean catchUp(EventLog.View view) {
        if (!view.covers(until)) {
            throw new IllegalStateException("The log no longer has all that was missed");
        }
        Set<String> conversations = conversations();
        List<RecentEvent> more = view.missed(until, user.key(), conversations);
        add(more, conversations, view.now());
        if (more.size() > MAX_SENT_BETWEEN_EVENTS) {
            return false;
        }
        while (next < missed.size()) {
            send(missed.get(next++));
        }
        return true;
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

    /** Joins the conversations of which the user was a member before these events, unless earlier events tell of it. */
    private void joinRoomsBefore(List<RecentEvent> events, Set<String> conversations) {
        Map<String, MembershipEffect> firstEffects = new HashMap<>();
        Set<String> added = new HashSet<>();
        for (RecentEvent recent : events) {
            String conversationId = recent.event().conversationId();
            added.add(conversationId);
            MembershipEffect effect = EventSubjects.membershipEffect(recent.event(), user.id());
            if (effect != MembershipEffect.NONE) {
                firstEffects.putIfAbsent(conversationId, effect);
            }
        }
        added.removeAll(known);
        known.addAll(added);
        Map<String, Long> fromSeqs = new HashMap<>();
        for (String conversationId : added) {
            MembershipEffect effect = firstEffects.get(conversationId);
            boolean wasMember =
                    effect == null ? conversations.contains(conversationId) : effect == MembershipEffect.REMOVED;
            if (wasMember) {
                Map<String, Long> seen = effect == null ? gap.fromSeqs() : gap.leftFromSeqs();
                fromSeqs.put(conversationId, seen.getOrDefault(conversationId, LocalUser.UNKNOWN));
            }
        }
        scope.members().listenToAll(target, local, fromSeqs);
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
        eventLog.present(recent.event())
                .ifPresent(event -> dispatcher.dispatch(
                        event, EventContext.at(scope, part -> offset.atPart(recent.partition(), part)
                                .format())));
        correctFromSeq(recent.event());
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

    /** The conversations of the device's user now. */
    public Set<String> conversations() {
        return live.members().listenedTo(device);
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
