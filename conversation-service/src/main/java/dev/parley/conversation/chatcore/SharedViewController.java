package dev.parley.conversation.chatcore;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.chatcore.SharedViews.SharedView;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.json.Fields;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Answers other services a conversation in the form of chat-core, for many users at once. */
@RestController
class SharedViewController {

    private static final int MAX_USERS = 500;
    private static final int MAX_ID = 128;

    private final ConversationStore conversations;
    private final MembershipStore memberships;
    private final SharedViews views;

    SharedViewController(ConversationStore conversations, MembershipStore memberships, SharedViews views) {
        this.conversations = conversations;
        this.memberships = memberships;
        this.views = views;
    }

    /** Those of the users who have the conversation in their lists. */
    @PostMapping("/internal/platform/chat-core/conversations/{conversationId}/views")
    Mono<SharedView> views(@PathVariable String conversationId, @RequestBody JsonNode body) {
        Fields fields = Fields.of(body);
        List<String> userIds = fields.texts("userIds", 0, MAX_USERS, MAX_ID);
        fields.verify();
        return conversations
                .byIds(List.of(conversationId))
                .filter(conversation -> conversation.deletedAt() == null)
                .next()
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(ConversationError.NOT_FOUND, "No conversation " + conversationId)))
                .flatMap(conversation -> memberships
                        .of(conversationId, userIds)
                        .filter(Membership::listed)
                        .collectList()
                        .flatMap(members -> views.of(conversation, members)));
    }
}
