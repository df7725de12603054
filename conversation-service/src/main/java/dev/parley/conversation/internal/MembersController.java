package dev.parley.conversation.internal;

import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.platform.json.Fields;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What the platform asks about the members of a conversation, in nobody's name. */
@RestController
class MembersController {

    private static final int MAX_ASKED = 1_000;
    private static final int MAX_ID = 128;

    record UserIds(List<String> userIds) {}

    record ConversationIds(List<String> conversationIds) {}

    private final MembershipStore memberships;

    MembersController(MembershipStore memberships) {
        this.memberships = memberships;
    }

    /** The conversations that a user is in now and may read, in no order: at most {@link MembershipStore#MAX_PER_USER}. */
    @GetMapping("/internal/platform/memberships")
    Mono<ConversationIds> conversations(@RequestParam String userId) {
        return memberships
                .ofUser(userId)
                .filter(Membership::isReader)
                .map(Membership::conversationId)
                .collectList()
                .map(ConversationIds::new);
    }

    /** Those of the users who are members now and may read the conversation. */
    @PostMapping("/internal/platform/conversations/{conversationId}/members/among")
    Mono<UserIds> among(@PathVariable String conversationId, @RequestBody JsonNode body) {
        Fields fields = Fields.of(body);
        List<String> userIds = fields.texts("userIds", 0, MAX_ASKED, MAX_ID);
        fields.verify();
        return memberships
                .of(conversationId, userIds)
                .filter(Membership::isReader)
                .map(Membership::userId)
                .collectList()
                .map(UserIds::new);
    }
}
