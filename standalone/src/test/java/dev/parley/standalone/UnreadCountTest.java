package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever people do, in whatever order and on whatever device: the counts are those of a simple model, after each step. */
class UnreadCountTest {

    private static final String CONVERSATIONS = "/api/v1/conversations/";
    private static final int STEPS = 40;

    private final String baseUrl = RunningPlatform.baseUrl();
    private final UnreadModel model = new UnreadModel();
    private final List<ChatSocket> devices = new ArrayList<>();
    private List<ChatUser> users;
    private ChatUser admin;
    private String conversation;
    private Random random;

    @BeforeEach
    void anAdminAndThreeMembersWithTwoDevicesEach() {
        admin = ChatUser.register(baseUrl, "Admin");
        users = List.of(
                admin,
                ChatUser.register(baseUrl, "Bob"),
                ChatUser.register(baseUrl, "Carol"),
                ChatUser.register(baseUrl, "Dan"));
        conversation = admin.groupWith(users.get(1), users.get(2), users.get(3));
        for (ChatUser user : users) {
            model.join(user.id());
            devices.add(user.connect());
            devices.add(user.connect());
        }
    }

    @AfterEach
    void disconnect() {
        devices.forEach(ChatSocket::close);
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void areThoseOfTheModelAfterEveryStep(long seed) {
        random = new Random(seed);
        List<String> done = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            done.add(step());
            for (ChatUser user : users) {
                Until.satisfied(() -> assertThat(counts(user))
                        .as("%s after %s", user.username(), done)
                        .containsOnly(model.unread(user.id())));
            }
        }
        for (int device = 0; device < devices.size(); device++) {
            ChatUser user = users.get(device / 2);
            ChatSocket socket = devices.get(device);
            if (model.isMember(user.id())) {
                Until.satisfied(() -> assertThat(lastBadge(socket))
                        .as("badge of %s after %s", user.username(), done)
                        .isEqualTo(model.unread(user.id())));
            }
        }
    }

    /** The count by each of the ways to ask for it. */
    private List<Long> counts(ChatUser user) {
        JsonNode summary = user.get(CONVERSATIONS + "unread");
        long named = summary.path("byConversation")
                .valueStream()
                .filter(one -> one.path("conversationId").asString().equals(conversation))
                .mapToLong(one -> one.path("unreadCount").asLong())
                .sum();
        return List.of(
                summary.path("totalUnread").asLong(),
                named,
                user.unread(conversation),
                user.listed(conversation).path("unreadCount").asLong(),
                user.get(CONVERSATIONS + conversation).path("unreadCount").asLong());
    }

    /** What a device shows that goes by what it was told last. */
    private long lastBadge(ChatSocket device) {
        List<JsonNode> badges = device.told().stream()
                .filter(told -> told.event().equals("conversation_updated")
                        || told.event().equals("unread_count_changed"))
                .map(ChatSocket.Told::body)
                .filter(body -> body.path("conversationId").asString().equals(conversation))
                .toList();
        return badges.get(badges.size() - 1).path("unreadCount").asLong(-1);
    }

    private String step() {
        int who = random.nextInt(users.size());
        ChatUser user = users.get(who);
        ChatSocket device = devices.get(2 * who + random.nextInt(2));
        if (!model.isMember(user.id())) {
            admin.call("POST", CONVERSATIONS + conversation + "/participants", Map.of("userIds", List.of(user.id())));
            model.join(user.id());
            return "rejoin " + user.username();
        }
        int choice = random.nextInt(20);
        if (choice < 9) {
            model.sent(user.id(), device.send(conversation, "hello").path("id").asString());
            return "send " + user.username();
        }
        if (choice < 11) {
            device.succeed("mark_read", Map.of("conversationId", conversation));
            model.readAll(user.id());
            return "read " + user.username();
        }
        if (choice == 11) {
            user.call("DELETE", CONVERSATIONS + conversation + "/messages", Map.of());
            model.readAll(user.id());
            return "clear " + user.username();
        }
        if (choice == 12 && user != admin) {
            user.call("POST", CONVERSATIONS + conversation + "/leave", Map.of());
            model.leave(user.id());
            return "leave " + user.username();
        }
        return onAMessage(user, device, choice);
    }

    private String onAMessage(ChatUser user, ChatSocket device, int choice) {
        List<String> seen = user.history(conversation).stream()
                .filter(message ->
                        !message.path("content").path("type").asString().equals("system"))
                .map(message -> message.path("id").asString())
                .toList();
        if (seen.isEmpty()) {
            return "nothing";
        }
        String message = seen.get(random.nextInt(seen.size()));
        if (choice < 16) {
            device.succeed("mark_read", Map.of("conversationId", conversation, "messageId", message));
            model.readUpTo(user.id(), message);
            return "read up to " + user.username();
        }
        if (choice < 18) {
            device.succeed("delete_message_for_me", Map.of("messageId", message));
            model.hidden(user.id(), message);
            return "hide " + user.username();
        }
        if (user != admin && !model.senderOf(message).equals(user.id())) {
            return "nothing";
        }
        device.succeed("delete_message", Map.of("messageId", message));
        model.deleted(message);
        return "delete " + user.username();
    }
}
