package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@TestPropertySource(properties = "parley.presence.away-after=2s")
class AwayTest extends ChatServiceTest {

    @Test
    void aUserWhoUsesNoDeviceIsAwayUntilTheNextEvent() {
        Device alicePhone = connect(alice);
        Device bobPhone = connect(bob);
        Device bobTablet = connect(bob, "polling");
        alicePhone.awaitOne("user_online");

        assertThat(statuses(alicePhone, 2)).containsExactly("online", "away");
        // Whoever is away is there.
        assertThat(alicePhone
                        .ask("get_online_users", new JSONArray(List.of(bob)))
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly(bob);
        bobTablet.succeed("typing", Map.of("conversationId", conversation, "isTyping", true));

        assertThat(statuses(alicePhone, 3)).containsExactly("online", "away", "online");
        assertThat(statuses(alicePhone, 4)).containsExactly("online", "away", "online", "away");
        bobPhone.close();
        connect(bob);
        assertThat(statuses(alicePhone, 5)).endsWith("online");
        assertThat(alicePhone.told("user_online")).hasSize(1);
        assertThat(alicePhone.told("user_offline")).isEmpty();
    }

    private static List<String> statuses(Device device, int count) {
        return device.await("user_status", count).stream()
                .map(status -> status.path("status").asString())
                .toList();
    }
}
