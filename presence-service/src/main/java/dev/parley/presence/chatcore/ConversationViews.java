package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Conversations as their members see them: conversation-service knows. */
@Component
final class ConversationViews {

    /**
     * @param conversation what all members see alike
     * @param members what each sees otherwise, with {@code userId} and {@code fromSeq}, which are not for clients
     */
    record Views(ObjectNode conversation, List<ObjectNode> members) {

        private static final String LAST_MESSAGE = "lastMessage";

        /** The conversation with what is a member's own. A last message of null is none. */
        ObjectNode with(ObjectNode own) {
            ObjectNode view = conversation.deepCopy();
            view.setAll(own);
            if (view.path(LAST_MESSAGE).isNull()) {
                view.remove(LAST_MESSAGE);
            }
            return view;
        }
    }

    private final WebClient conversations;

    ConversationViews(ServiceClients clients, ServiceAddresses services) {
        this.conversations = clients.platformAt(services.of("conversation"));
    }

    /** Of those among the users who are members, or were. Empty if nobody has the conversation any more. */
    Mono<Views> of(String conversationId, Collection<String> userIds) {
        return conversations
                .post()
                .uri("/chat-core/conversations/{id}/views", conversationId)
                .bodyValue(Map.of("userIds", userIds))
                .retrieve()
                .bodyToMono(JsonNode.class)
                .map(answer -> new Views(
                        (ObjectNode) answer.path("conversation"),
                        answer.path("members")
                                .valueStream()
                                .map(ObjectNode.class::cast)
                                .toList()))
                .onErrorResume(ConversationViews::isGone, gone -> Mono.empty());
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ApiException refused && refused.code().status() == HttpStatus.NOT_FOUND;
    }
}
