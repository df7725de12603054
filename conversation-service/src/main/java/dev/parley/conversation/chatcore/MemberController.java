package dev.parley.conversation.chatcore;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Memberships;
import dev.parley.events.UserSummary;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ParticipantView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The members of a conversation for chat-core clients. */
@RestController
class MemberController {

    /** A user, with the part that the user has in the conversation. */
    record MemberView(@JsonUnwrapped UserSummary user, String role, Instant joinedAt) {}

    private final ConversationAccess access;
    private final Memberships memberships;
    private final UserDirectory users;

    MemberController(ConversationAccess access, Memberships memberships, UserDirectory users) {
        this.access = access;
        this.memberships = memberships;
        this.users = users;
    }

    @GetMapping("/api/v1/conversations/{conversationId}/members")
    Mono<List<MemberView>> members(@PathVariable String conversationId, Caller caller) {
        return access.member(caller, conversationId)
                .flatMap(member -> memberships.ofConversation(conversationId).collectList())
                .flatMap(members -> users.find(
                                members.stream().map(Membership::userId).toList(), caller)
                        .map(found -> views(members, found)));
    }

    private static List<MemberView> views(List<Membership> members, Map<String, UserSummary> users) {
        return members.stream()
                .map(member -> new MemberView(
                        users.getOrDefault(member.userId(), UserDirectory.unknown(member.userId())),
                        ParticipantView.role(member.role()),
                        member.joinedAt()))
                .toList();
    }
}
