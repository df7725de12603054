package dev.parley.presence.typing;

import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.presence.PresenceError;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.membership.MemberRooms;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Answers members who is typing in a conversation, by the names that the users have now. */
@Component
public final class TypingLookup {

    private static final Duration NAME_TIMEOUT = Duration.ofSeconds(1);

    private final TypingUsers typing;
    private final MemberRooms members;
    private final UserDirectory users;

    TypingLookup(TypingUsers typing, MemberRooms members, UserDirectory users) {
        this.typing = typing;
        this.members = members;
        this.users = users;
    }

    /** Fails if the caller is not a member. */
    public Mono<List<UserSummary>> find(ConnectedUser caller, String conversationId) {
        if (!members.isLocalMember(caller.key(), conversationId)) {
            return Mono.error(() -> ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation"));
        }
        return withCurrentNames(typing.in(conversationId), caller.tenantId());
    }

    /** If the names cannot be read in time, the users have the names with which they began to type. */
    private Mono<List<UserSummary>> withCurrentNames(List<UserSummary> known, String tenantId) {
        return users.find(known.stream().map(UserSummary::id).toList(), tenantId)
                .timeout(NAME_TIMEOUT)
                .map(current -> known.stream()
                        .map(user -> current.getOrDefault(user.id(), user))
                        .toList())
                .onErrorReturn(known);
    }
}
