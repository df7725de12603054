package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectRemovalTest extends ConversationServiceTestCase {

    @ParameterizedTest
    @CsvSource({"DELETE,''", "POST,/leave"})
    void takesADirectConversationAndItsHistoryOutOfTheCallersListUntilTheNextMessage(String method, String path) {
        TestMessageLog direct = direct(alice, bob);
        said(direct, bob, "old");

        int status = as(alice)
                .call(method, BASE + "/" + direct.conversationId + path, Map.of("andDelete", true))
                .status();

        assertThat(status).isEqualTo(204);
        assertThat(as(bob).get(BASE + "/" + direct.conversationId).status()).isEqualTo(200);
        assertThat(conversation(alice, direct).has("lastMessage")).isFalse();
        assertThat(conversation(alice, direct).path("isActive").asBoolean()).isTrue();
        assertThat(published(direct, "conversation.deleted", 1)
                        .get(0)
                        .path("userId")
                        .asString())
                .isEqualTo(alice);

        said(direct, bob, "new");

        assertThat(published(direct, "conversation.returned", 1)
                        .get(0)
                        .path("userIds")
                        .get(0)
                        .asString())
                .isEqualTo(alice);
        assertThat(as(alice)
                        .get("/internal/conversations/" + direct.conversationId + "/access")
                        .body()
                        .path("windows")
                        .get(0)
                        .path("fromSeq")
                        .asInt())
                .isEqualTo(2);
    }
}
