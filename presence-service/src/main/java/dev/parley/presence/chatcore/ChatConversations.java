package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.chatcore.ChatConversations.View;
import dev.parley.presence.delivery.SentMessage;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.surface.ConversationPresenter;
import dev.parley.presence.surface.EventContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows conversations as conversation-service renders them for chat-core: {@code conversation_created}, {@code
 * conversation_updated}.
 */
final class ChatConversations implements ConversationPresenter<View> {

    private static final String USER_ID = "userId";
    private static final String FROM_SEQ = "fromSeq";
    private static final String IS_ACTIVE = "isActive";
    private static final String LAST_MESSAGE = "lastMessage";
    private static final String CONVERSATION = "conversation";
    private static final String PARTICIPANT = "participant";
    private static final String PARTICIPANTS = "participants";
    private static final List<String> INTERNAL_FIELDS = List.of(USER_ID, FROM_SEQ, CONVERSATION, PARTICIPANT);

    /**
     * @param shared the fields that all members see alike
     * @param own the fields that one member sees differently
     * @param participant who is named beside the participants whom all see; missing if nobody is
     */
    record View(ObjectNode shared, ObjectNode own, JsonNode participant) {

        /** All fields. A last message of null is left out. */
        ObjectNode whole() {
            ObjectNode whole = own.objectNode().setAll(shared).setAll(own);
            if (!participant.isMissingNode()) {
                ArrayNode participants = whole.arrayNode();
                shared.path(PARTICIPANTS).forEach(participants::add);
                whole.set(PARTICIPANTS, participants.add(participant));
            }
            if (whole.path(LAST_MESSAGE).isNull()) {
                whole.remove(LAST_MESSAGE);
            }
            return whole;
        }

        /** The members of a conversation share one object, which is large. */
        @Override
        public int hashCode() {
            return own.hashCode();
        }
    }

    private final WebClient conversationService;
    private final ChatWire wire;

    ChatConversations(ServiceClients clients, ServiceAddresses services, ChatWire wire) {
        this.conversationService = clients.platformAt(services.of("conversation"));
        this.wire = wire;
    }

    @Override
    public Mono<List<MemberView<View>>> views(String conversationId, Collection<String> userIds) {
        return conversationService
                .post()
                .uri("/chat-core/conversations/{id}/views", conversationId)
                .bodyValue(Map.of("userIds", userIds))
                .retrieve()
                .bodyToMono(JsonNode.class)
                .map(ChatConversations::views)
                .onErrorResume(ChatConversations::isDeleted, deleted -> Mono.empty());
    }

    private static List<MemberView<View>> views(JsonNode response) {
        ObjectNode shared = (ObjectNode) response.path(CONVERSATION);
        return response.path("members")
                .valueStream()
                .map(member -> new MemberView<>(
                        member.path(USER_ID).asString(),
                        member.path(IS_ACTIVE).asBoolean(false),
                        member.path(FROM_SEQ).asLong(1),
                        new View(
                                // A former member sees the conversation as it was at the leaving.
                                member.path(CONVERSATION) instanceof ObjectNode former ? former : shared,
                                ((ObjectNode) member).deepCopy().without(INTERNAL_FIELDS),
                                member.path(PARTICIPANT))))
                .toList();
    }

    private static boolean isDeleted(Throwable failure) {
        return failure instanceof ApiException refused && refused.code().status() == HttpStatus.NOT_FOUND;
    }

    @Override
    public void opened(String conversationId, View view, Collection<DeviceRoom> users, EventContext context) {
        show(conversationId, "conversation_created", view.whole(), users, context);
    }

    @Override
    public void changed(String conversationId, View view, Collection<DeviceRoom> users, EventContext context) {
        show(
                conversationId,
                "conversation_updated",
                view.whole().put("conversationId", conversationId),
                users,
                context);
    }

    /** Whoever is shown a conversation is shown its last message, also devices that do not listen to the conversation. */
    private void show(
            String conversationId,
            String event,
            ObjectNode conversation,
            Collection<DeviceRoom> users,
            EventContext context) {
        List<Device> devices = wire.emit(context, context.to(users), event, conversation);
        JsonNode last = conversation.path(LAST_MESSAGE);
        boolean isDeliverable = conversation.path(IS_ACTIVE).asBoolean(false)
                && last.isObject()
                && !last.path("content").path("type").asString("").equals("system");
        if (isDeliverable) {
            String senderId = last.path("senderId").asString("");
            context.trackShown(
                    new SentMessage(
                            last.path("tenantId").asString(),
                            conversationId,
                            last.path("seq").asLong()),
                    devices.stream()
                            .filter(device -> !device.user().id().equals(senderId))
                            .toList());
        }
    }
}
