package dev.parley.conversation.chatcore;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.access.Member;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Renders conversations for those who have just changed them. */
@Component
final class ChangedConversations {

    private final MembershipStore memberships;
    private final ConversationViews views;

    ChangedConversations(MembershipStore memberships, ConversationViews views) {
        this.memberships = memberships;
        this.views = views;
    }

    /** The caller sees the result, even if the change ended the caller's own membership. */
    Mono<ConversationView> view(Mono<Conversation> changed, Caller caller) {
        return changed.zipWhen(conversation -> memberships.of(conversation.id(), caller.userId()), Member::new)
                .flatMap(views::of);
    }
}
