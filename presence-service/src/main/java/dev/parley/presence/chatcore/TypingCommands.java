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

/** Reports that a user is typing, and answers who is. */
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

    Mono<Ack> changed(CommandSender client, JsonNode argument) {
        Fields fields = Fields.of(argument);
        String conversationId = fields.text("conversationId", 1, RoomCommands.MAX_ID_LENGTH);
        boolean isTyping = fields.flag("isTyping");
        fields.verify();
        requireMember(members.isListening(client.device(), conversationId));
        return signals.changed(client.device(), conversationId, isTyping).thenReturn(Acks.success());
    }

    Mono<Ack> users(CommandSender client, JsonNode argument) {
        String conversationId = RoomCommands.conversationId(argument);
        ConnectedUser user = client.user();
        requireMember(members.isLocalMember(user.key(), conversationId));
        return withCurrentNames(typing.in(conversationId), user.tenantId())
                .map(known -> Ack.of(known.stream().map(TypingUser::of).toList()));
    }

    private static void requireMember(boolean isMember) {
        if (!isMember) {
            throw ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation");
        }
    }

    /**
     * The users with their current names, or with the names they had when they began to type if those cannot be read in
     * time.
     */
    private Mono<List<UserSummary>> withCurrentNames(List<UserSummary> summaries, String tenantId) {
        return users.find(summaries.stream().map(UserSummary::id).toList(), tenantId)
                .timeout(MAX_NAME_LOOKUP)
                .map(current -> summaries.stream()
                        .map(user -> current.getOrDefault(user.id(), user))
                        .toList())
                .onErrorReturn(summaries);
    }
}
