package dev.parley.conversation.chatcore;

import dev.parley.conversation.conversation.Conversation;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.UserSummary;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.ConversationView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Renders conversations with the profiles that users have now. */
@Component
final class ConversationViews {

    private final UserDirectory users;

    ConversationViews(UserDirectory users) {
        this.users = users;
    }

    Mono<ConversationView> of(Conversation conversation, Caller caller) {
        return of(List.of(conversation), caller).map(views -> views.get(0));
    }

    /** One look-up of users for all of them. */
    Mono<List<ConversationView>> of(List<Conversation> conversations, Caller caller) {
        Set<String> ids = new HashSet<>();
        for (Conversation conversation : conversations) {
            conversation.roster().forEach(entry -> ids.add(entry.userId()));
            MessageSnapshot last = conversation.lastMessage();
            if (last != null) {
                ids.add(last.sender().id());
            }
        }
        return users.find(ids, caller).map(found -> conversations.stream()
                .map(conversation -> view(conversation, found))
                .toList());
    }

    private static ConversationView view(Conversation conversation, Map<String, UserSummary> users) {
        List<Participant> participants = conversation.roster().stream()
                .map(entry -> new Participant(
                        users.getOrDefault(entry.userId(), UserDirectory.unknown(entry.userId())),
                        entry.role(),
                        entry.joinedAt()))
                .toList();
        return ConversationView.of(
                conversation.id(),
                conversation.tenantId(),
                conversation.kind(),
                conversation.name(),
                conversation.description(),
                participants,
                conversation.participantCount(),
                withSender(conversation.lastMessage(), users),
                conversation.createdBy(),
                conversation.createdAt(),
                conversation.updatedAt());
    }

    private static @Nullable MessageSnapshot withSender(
            @Nullable MessageSnapshot message, Map<String, UserSummary> users) {
        if (message == null) {
            return null;
        }
        UserSummary sender = users.getOrDefault(message.sender().id(), message.sender());
        return message.by(sender);
    }
}
