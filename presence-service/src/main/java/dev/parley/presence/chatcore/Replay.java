package dev.parley.presence.chatcore;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageCreated;
import dev.parley.presence.delivery.Deliveries;
import dev.parley.presence.live.ConversationNarrator;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.Present;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.recovery.Arrival.Returned;
import dev.parley.presence.recovery.Concerned;
import dev.parley.presence.recovery.Concerned.Turn;
import dev.parley.presence.recovery.Place;
import dev.parley.presence.recovery.Position;
import dev.parley.presence.recovery.RecentEvent;
import dev.parley.presence.recovery.StreamOffset;
import dev.parley.presence.socketio.Namespace;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.transport.Rooms;
import dev.parley.presence.user.ConnectedUser;
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
 * Tells one client what it missed, as it would have been told then: by the same surfaces, in rooms where nobody is but this
 * client, which comes and goes there with the notices that it missed. Of one thread at a time.
 */
final class Replay {

    private final Returned returned;
    private final ConnectedUser user;
    private final List<RecentEvent> missed;
    private final ReplayTarget target;
    private final Place place = new Place();
    private final Rooms rooms = new Rooms();
    private final MemberRooms members = new MemberRooms(rooms);
    private final Namespace apart;
    private final MissedChanges changes;
    private final ConversationNarrator narrator;

    /** From which place on the user sees the conversations that the user is in now. */
    private final Map<String, Long> fromSeqs;

    /** What the user became first, of the conversations that the user came to or left. */
    private final Map<String, Turn> turns = new HashMap<>();

    private Position position;
    private int next;

    /**
     * @param missed what may concern the client, in order
     * @param conversations those that the user is in after all that
     */
    Replay(
            Socket socket,
            Returned returned,
            List<RecentEvent> missed,
            Set<String> conversations,
            Map<String, Long> fromSeqs,
            Deliveries deliveries) {
        this.returned = returned;
        this.user = socket.principal(ConnectedUser.class);
        this.missed = begunFirst(missed, returned.from());
        this.fromSeqs = fromSeqs;
        this.position = returned.from().position();
        this.target = new ReplayTarget(socket, position.partitions());
        this.apart = socket.namespace().apart(rooms);
        this.changes = new MissedChanges(user.id(), members);
        Stream stream = new Stream(apart, place);
        this.narrator = new ConversationNarrator(
                List.of(
                        new NewMessages(stream, deliveries, members),
                        new ChangedMessages(stream, members),
                        new Receipts(stream, members),
                        new DeletedConversations(stream, members),
                        changes),
                members,
                // A client that is not told all of it is to know.
                failure -> {
                    throw failure;
                });
        enter(conversations);
    }

    /**
     * What the client has a part of comes first: where it stands then still names the part, so that the rest is not lost if the
     * connection breaks again. What else there is of that conversation comes after it anyway.
     */
    private static List<RecentEvent> begunFirst(List<RecentEvent> missed, StreamOffset from) {
        List<RecentEvent> ordered = new ArrayList<>(missed);
        ordered.sort(Comparator.comparing(one -> !one.isBegun(from)));
        return ordered;
    }

    /** Into the conversations that the user was in at the beginning. */
    private void enter(Set<String> conversations) {
        for (RecentEvent one : missed) {
            Turn turn = Concerned.turn(one.event(), user.id());
            if (turn != Turn.NONE) {
                turns.putIfAbsent(one.event().conversationId(), turn);
            }
        }
        Set<String> first = new HashSet<>(conversations);
        turns.forEach((conversationId, turn) -> {
            if (turn == Turn.COMES) {
                first.remove(conversationId);
            } else {
                first.add(conversationId);
            }
        });
        // Nothing is told in the others.
        first.retainAll(missed.stream().map(one -> one.event().conversationId()).collect(Collectors.toSet()));
        Map<String, Long> seen = new HashMap<>();
        first.forEach(conversationId -> seen.put(conversationId, seenFirst(conversationId)));
        Present present = new Present(user);
        members.appear(present);
        rooms.enter(target);
        rooms.join(target, RoomNames.ofUser(user.tenantId(), user.id()));
        members.arrive(target, present, seen);
    }

    private long seenFirst(String conversationId) {
        Map<String, Long> known = turns.containsKey(conversationId) ? returned.fromSeqs() : fromSeqs;
        return known.getOrDefault(conversationId, Present.UNKNOWN);
    }

    /** Tells on until so many bytes were told. Returns whether that was all. */
    boolean tell(long bytes) {
        long until = target.bytes() + bytes;
        while (next < missed.size() && target.bytes() < until) {
            tell(missed.get(next++));
        }
        return next == missed.size();
    }

    private void tell(RecentEvent one) {
        boolean begun = one.isBegun(returned.from());
        if (!begun) {
            position = position.and(one.position());
        }
        ConversationEvent event = one.event();
        StreamOffset.Part within = returned.from().within();
        target.leaveOut(within != null && begun ? within.number() : ReplayTarget.NONE);
        place.enter(Instant.now(), position, one.partition());
        try {
            narrator.tell(event);
        } finally {
            place.leave();
        }
        Long fromSeq = fromSeqs.get(event.conversationId());
        // From a later place only where the user went and came again since: what was said until then is for the user.
        if (fromSeq != null
                && Concerned.turn(event, user.id()) == Turn.COMES
                && event instanceof MessageCreated notice
                && fromSeq < notice.message().seq()) {
            members.sees(user.tenantId(), user.id(), event.conversationId(), fromSeq);
        }
    }

    /** What became of conversations, as far as it was told. */
    MissedChanges changes() {
        return changes;
    }

    /** Tells this client alone how it sees conversations. */
    ConversationNews news(ConversationViews views) {
        return new ConversationNews(apart, views, members);
    }

    /** The bytes that were told. */
    long bytes() {
        return target.bytes();
    }

    /** How many events were told. */
    int events() {
        return target.events();
    }
}
