package dev.parley.conversation.chatcore;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Membership;
import dev.parley.conversation.access.Member;
import dev.parley.events.MessageSnapshot;
import dev.parley.surface.chatcore.ConversationView;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.ParticipantView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Renders a conversation for many users: once what all see, and for each what is that user's own. */
@Component
final class SharedViews {

    /** @param conversation as one sees it who has just come into it */
    record SharedView(ConversationView conversation, List<OwnView> members) {}

    /**
     * @param fromSeq where the newest range of messages begins that the member may see; not for clients
     * @param participant the member as one of the participants, where the conversation for all does not name the member
     * @param conversation only for a former member, who sees it as it was at the leaving: instead of the one for all
     * @param lastMessage absent where it is that of the conversation; JSON null where the member sees none
     */
    record OwnView(
            String userId,
            long fromSeq,
            String role,
            @Nullable ParticipantView participant,
            boolean isActive,
            long unreadCount,
            boolean isPinned,
            boolean isMuted,
            @Nullable Instant mutedUntil,
            boolean notificationsEnabled,
            @Nullable ConversationView conversation,
            @Nullable Optional<MessageView> lastMessage) {}

    private final ConversationViews views;

    SharedViews(ConversationViews views) {
        this.views = views;
    }

    Mono<SharedView> of(Conversation conversation, List<Membership> memberships) {
        List<Member> members = memberships.stream()
                .map(membership -> new Member(conversation, membership))
                .toList();
        return views.lookUp(conversation, members)
                .map(data -> new SharedView(
                        views.view(conversation, conversation.lastMessage(), ConversationView.Personal.NEW, data, null),
                        members.stream().map(member -> own(member, data)).toList()));
    }

    private OwnView own(Member member, ConversationViews.RenderData data) {
        Conversation conversation = member.conversation();
        ConversationView.Personal personal = ConversationViews.personal(member);
        MessageSnapshot last = member.lastMessage();
        Optional<MessageView> other = last == conversation.lastMessage()
                ? null
                : Optional.ofNullable(ConversationViews.last(conversation, last, data));
        return new OwnView(
                member.membership().userId(),
                member.membership().fromSeq(),
                personal.role(),
                ConversationViews.unnamed(member, data),
                personal.isActive(),
                personal.unreadCount(),
                personal.isPinned(),
                personal.isMuted(),
                personal.mutedUntil(),
                !personal.isMuted(),
                member.membership().active() ? null : views.view(member, data),
                other);
    }
}
