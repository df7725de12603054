package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import dev.parley.platform.test.TopicReader;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.json.JSONArray;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestPropertySource(properties = "parley.presence.away-after=2s")
class AwayTest extends ChatServiceTest {

    private static final JsonMapper JSON = JsonMapper.shared();

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

    @Test
    void publishesWhatIsOpenOnDevicesThatAreUsed() {
        Device phone = connect(bob);
        Device tablet = connect(bob, "polling");
        try (TopicReader topic = new TopicReader(Topics.PRESENCE)) {
            // A device that listens to all conversations has none of them open.
            int read = awaitOpen(topic, 0, "ONLINE");
            phone.succeed("join_room", conversation);
            read = awaitOpen(topic, read, "ONLINE", conversation);
            read = awaitOpen(topic, read, "AWAY");
            // The other device is used, and the conversation is not open there.
            tablet.succeed("typing", Map.of("conversationId", conversation, "isTyping", false));
            read = awaitOpen(topic, read, "ONLINE");
            phone.succeed("typing", Map.of("conversationId", conversation, "isTyping", false));
            read = awaitOpen(topic, read, "ONLINE", conversation);
            phone.succeed("leave_room", conversation);
            read = awaitOpen(topic, read, "ONLINE");
            phone.succeed("join_room", Map.of("conversationId", conversation));
            read = awaitOpen(topic, read, "ONLINE", conversation);
            phone.succeed("leave_room", Map.of("conversationId", conversation, "keepListening", true));
            read = awaitOpen(topic, read, "ONLINE");
            phone.succeed("join_room", conversation);
            read = awaitOpen(topic, read, "ONLINE", conversation);
            phone.close();
            awaitOpen(topic, read, "ONLINE");
        }
    }

    /** @param after how many events of bob were read before. @return how many were read then, up to the one that says so */
    private int awaitOpen(TopicReader topic, int after, String status, String... open) {
        List<String> wanted = List.of(open);
        for (int read = after; true; read++) {
            JsonNode told = JSON.readTree(
                    topic.await(bob, read + 1, AwayTest::isPresence).get(read).value());
            if (told.path("status").asString().equals(status)
                    && told.path("openConversationIds")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList()
                            .equals(wanted)) {
                return read + 1;
            }
        }
    }

    private static boolean isPresence(ConsumerRecord<String, String> event) {
        return TopicReader.type(event).equals("presence.changed");
    }

    private static List<String> statuses(Device device, int count) {
        return device.await("user_status", count).stream()
                .map(status -> status.path("status").asString())
                .toList();
    }
}
