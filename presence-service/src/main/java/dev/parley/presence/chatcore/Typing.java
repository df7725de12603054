package dev.parley.presence.chatcore;

import dev.parley.events.TypingChanged;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.json.Fields;
import dev.parley.platform.security.CallerProfiles;
import dev.parley.presence.PresenceError;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.user.ConnectedUser;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Who is typing where. It goes to all nodes over Kafka, past the outbox: it may be lost. A repetition within a short
 * interval is not told again, and whoever disconnects has stopped.
 */
@Component
final class Typing {

    /** Conversations that one socket can be typing in at a time. */
    private static final int MAX_AT_ONCE = 16;

    private final EventPublisher publisher;
    private final EventCodec events;
    private final CallerProfiles profiles;
    private final Duration interval;

    /** @param since when it was last told that the typing began; nano time */
    private record Told(long since, boolean typing) {}

    /** What was last told of each socket, by conversation. */
    private final Map<String, Map<String, Told>> told = new ConcurrentHashMap<>();

    Typing(EventPublisher publisher, EventCodec events, CallerProfiles profiles, PresenceSettings settings) {
        this.profiles = profiles;
        this.publisher = publisher;
        this.events = events;
        this.interval = settings.typingInterval();
    }

    Mono<Ack> changed(Socket socket, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, RoomCommands.MAX_ID);
        boolean typing = fields.flag("isTyping");
        fields.verify();
        if (!socket.namespace()
                .rooms()
                .in(RoomNames.ofConversation(conversationId))
                .contains(socket)) {
            throw ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation");
        }
        return isNews(socket, conversationId, typing)
                ? tell(socket, conversationId, typing).thenReturn(Acks.success())
                : Mono.just(Acks.success());
    }

    private boolean isNews(Socket socket, String conversationId, boolean typing) {
        Map<String, Told> ofSocket = told.computeIfAbsent(socket.id(), id -> new ConcurrentHashMap<>());
        Told before = ofSocket.get(conversationId);
        if (!typing) {
            if (before == null || !before.typing()) {
                return false;
            }
            ofSocket.put(conversationId, new Told(before.since(), false));
            return true;
        }
        long now = System.nanoTime();
        ofSocket.values().removeIf(one -> !one.typing() && isPast(one, now));
        if (before == null ? ofSocket.size() >= MAX_AT_ONCE : !isPast(before, now)) {
            return false;
        }
        ofSocket.put(conversationId, new Told(now, true));
        return true;
    }

    private boolean isPast(Told told, long now) {
        return now - told.since() >= interval.toNanos();
    }

    /** The socket is gone. */
    void stopped(Socket socket) {
        Map<String, Told> ofSocket = told.remove(socket.id());
        if (ofSocket != null) {
            ofSocket.forEach((conversationId, last) -> {
                if (last.typing()) {
                    tell(socket, conversationId, false).subscribe();
                }
            });
        }
    }

    /** Completes when it is on its way. What a socket begins is not told any more when it is gone meanwhile. */
    private Mono<Void> tell(Socket socket, String conversationId, boolean typing) {
        ConnectedUser user = socket.principal(ConnectedUser.class);
        return user.profile(profiles)
                .filter(known -> !typing || told.containsKey(socket.id()))
                .doOnNext(profile -> publisher
                        .publish(events.pending(
                                new TypingChanged(user.id(), user.tenantId(), conversationId, profile, typing)))
                        .subscribe(nothing -> {}, lost -> {}))
                .then();
    }
}
