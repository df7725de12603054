package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of conversations shows how far the last message has come, while it happens. */
class LastMessageTest {

    @Test
    void theSenderIsToldOfTheConversationWhenTheLastMessageIsDeliveredAndWhenItIsRead() {
        ChatUser alice = ChatUser.register(RunningPlatform.baseUrl(), "Alice");
        ChatUser bob = ChatUser.register(RunningPlatform.baseUrl(), "Bob");
        String direct = alice.directWith(bob);
        try (ChatSocket alices = alice.connect()) {
            String message = alices.send(direct, "hello").path("id").asString();
            awaitLast(alices, message, "sent");
            try (ChatSocket bobs = bob.connect()) {
                bob.history(direct);
                awaitLast(alices, message, "delivered");
                bobs.succeed("mark_read", Map.of("conversationId", direct));
                awaitLast(alices, message, "read");
            }
        }
    }

    private static void awaitLast(ChatSocket socket, String messageId, String status) {
        Until.satisfied(
                () -> assertThat(socket.told("conversation_updated")).last().satisfies(conversation -> {
                    assertThat(conversation.at("/lastMessage/id").asString()).isEqualTo(messageId);
                    assertThat(conversation.at("/lastMessage/deliveryStatus").asString())
                            .isEqualTo(status);
                }));
    }
}
