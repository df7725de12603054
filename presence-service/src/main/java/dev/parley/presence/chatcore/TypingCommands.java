package dev.parley.presence.chatcore;

import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.json.Fields;
import dev.parley.presence.PresenceError;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.socketio.Ack;
import dev.parley.presence.typing.TypingSignals;
import dev.parley.presence.typing.TypingUsers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Saying that one is typing, and asking who is. */
@Component
final class TypingCommands {

    private static final Duration MAX_NAME_LOOKUP = Duration.ofSeconds(1);

    private record TypingUser(
            String userId,
            String username,
            String displayName,
            @Nullable String avatarUrl) {

        static TypingUser of(UserSummary user) {
            return new TypingUser(user.id(), user.username(), user.displayName(), user.avatarUrl());
        }
    }

    private final TypingSignals signals;
    private final TypingUsers typing;
    private final MemberRooms members;
    private final UserDirectory users;

    TypingCommands(TypingSignals signals, TypingUsers typing, MemberRooms members, UserDirectory users) {
        this.signals = signals;
        this.typing = typing;
        this.members = members;
        this.users = users;
    }

    Mono<Ack> changed(ChatClient client, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, RoomCommands.MAX_ID);
        boolean isTyping = fields.flag("isTyping");
        fields.verify();
        requireMember(members.isListening(client.device(), conversationId));
        return signals.changed(client.device(), conversationId, isTyping).thenReturn(Acks.success());
    }

    Mono<Ack> users(ChatClient client, JsonNode argument) {
        String conversationId = RoomCommands.conversationId(argument);
        ConnectedUser user = client.user();
        requireMember(members.isMemberHere(user.key(), conversationId));
        return named(typing.in(conversationId), user.tenantId())
                .map(known -> Ack.of(known.stream().map(TypingUser::of).toList()));
    }

    private static void requireMember(boolean isMember) {
        if (!isMember) {
            throw ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation");
        }
    }

    /** With the names that the users have now; if those are not known in time, with the names they had when they began. */
    private Mono<List<UserSummary>> named(List<UserSummary> typists, String tenantId) {
        return users.find(typists.stream().map(UserSummary::id).toList(), tenantId)
                .timeout(MAX_NAME_LOOKUP)
                .map(now -> typists.stream()
                        .map(one -> now.getOrDefault(one.id(), one))
                        .toList())
                .onErrorReturn(typists);
    }
}
