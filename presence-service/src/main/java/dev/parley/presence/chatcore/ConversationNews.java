package dev.parley.presence.chatcore;

import dev.parley.presence.chatcore.ConversationViews.Views;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.socketio.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Asks how the members of a conversation see it now, and tells them on all their devices. */
@Component
final class ConversationNews {

    private static final int MAX_USERS_AT_ONCE = 250;

    private static final String FROM_SEQ = "fromSeq";
    private static final List<String> NOT_FOR_CLIENTS = List.of("userId", FROM_SEQ);

    /**
     * How often a new member is looked for among the members. The notice that somebody came is published before the
     * membership is stored; what was interrupted in between is finished by conversation-service after 10 to 15 seconds. These
     * are looks for about 36 seconds, with the pauses of {@link ConversationUpdates} at their shortest: who is not found by
     * then was not stored at all, or is a member no more.
     */
    private static final int MAX_ATTEMPTS = 25;

    private final Namespace chat;
    private final ConversationViews views;
    private final MemberRooms rooms;

    ConversationNews(Namespace chat, ConversationViews views, MemberRooms rooms) {
        this.chat = chat;
        this.views = views;
        this.rooms = rooms;
    }

    /**
     * Tells what is pending to those who are here.
     *
     * @param later takes what could not be told yet
     */
    Mono<Void> tell(String conversationId, Pending pending, Pending later) {
        Set<String> users = new HashSet<>(pending.changed());
        users.addAll(pending.opened().keySet());
        users.removeIf(userId -> !rooms.isHere(pending.tenantId(), userId));
        if (pending.isForAll()) {
            users.addAll(rooms.present(conversationId));
        }
        return Flux.fromIterable(users)
                .buffer(MAX_USERS_AT_ONCE)
                .concatMap(some -> views.of(conversationId, some)
                        .doOnNext(answer -> tell(conversationId, answer, some, pending, later)))
                .then();
    }

    private void tell(String conversationId, Views views, List<String> asked, Pending pending, Pending later) {
        Map<ObjectNode, List<String>> updated = new HashMap<>();
        Map<ObjectNode, List<String>> created = new HashMap<>();
        Set<String> missing = new HashSet<>(asked);
        missing.retainAll(pending.opened().keySet());
        for (ObjectNode member : views.members()) {
            String userId = member.path("userId").asString();
            ObjectNode own = member.deepCopy().without(NOT_FOR_CLIENTS);
            boolean opened = pending.opened().containsKey(userId);
            if (opened && !own.path("isActive").asBoolean(false)) {
                continue;
            }
            missing.remove(userId);
            if (own.path("isActive").asBoolean(false)) {
                rooms.sees(
                        pending.tenantId(),
                        userId,
                        conversationId,
                        member.path(FROM_SEQ).asLong(1));
            }
            (opened ? created : updated)
                    .computeIfAbsent(own, same -> new ArrayList<>())
                    .add(RoomNames.ofUser(pending.tenantId(), userId));
        }
        created.forEach((own, users) -> chat.to(users).emit("conversation_created", views.with(own)));
        updated.forEach((own, users) ->
                chat.to(users).emit("conversation_updated", views.with(own).put("conversationId", conversationId)));
        missing.forEach(userId -> lookAgain(conversationId, userId, pending, later));
    }

    /** The door closes for whom conversation-service does not know as a member, though not for want of its answer. */
    private void lookAgain(String conversationId, String userId, Pending pending, Pending later) {
        int attempts = pending.opened().getOrDefault(userId, 0) + 1;
        if (attempts < MAX_ATTEMPTS) {
            later.openedFor(userId, attempts);
        } else {
            rooms.expel(pending.tenantId(), userId, conversationId);
        }
    }
}
