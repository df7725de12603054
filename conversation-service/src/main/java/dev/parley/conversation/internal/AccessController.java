package dev.parley.conversation.internal;

import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Membership.Window;
import dev.parley.conversation.membership.Memberships;
import dev.parley.events.Participant.Role;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What other services ask about a user's memberships, in the user's own name. The gateway does not lead here. */
@RestController
@RequestMapping("/internal")
class AccessController {

    /**
     * @param fromSeq the first message that the user may see
     * @param toSeq the last one; {@link Long#MAX_VALUE} while the membership lasts
     * @param admin whether the user is an admin of the group
     */
    record AccessView(String conversationId, String userId, long fromSeq, long toSeq, boolean maySend, boolean admin) {}

    record ConversationIds(List<String> conversationIds) {}

    private final ConversationAccess access;
    private final Memberships memberships;

    AccessController(ConversationAccess access, Memberships memberships) {
        this.access = access;
        this.memberships = memberships;
    }

    @GetMapping("/conversations/{conversationId}/access")
    Mono<AccessView> access(@PathVariable String conversationId, Caller caller) {
        return access.member(caller, conversationId).map(member -> {
            List<Window> windows = member.membership().windows();
            Window current = windows.get(windows.size() - 1);
            long toSeq = current.toSeq() == null ? Long.MAX_VALUE : current.toSeq();
            boolean admin = member.membership().role() == Role.ADMIN;
            return new AccessView(conversationId, caller.userId(), current.fromSeq(), toSeq, true, admin);
        });
    }

    @GetMapping("/memberships")
    Mono<ConversationIds> memberships(Caller caller) {
        return memberships
                .ofUser(caller.userId())
                .filter(Membership::approved)
                .map(Membership::conversationId)
                .collectList()
                .map(ConversationIds::new);
    }
}
