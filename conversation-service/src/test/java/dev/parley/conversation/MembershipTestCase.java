package dev.parley.conversation;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The service with a message-service that the tests control. Changes that were left are ended only when a test says so. */
@ExtendWith(EveryQueryHasAnIndex.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=conversation-service")
public abstract class MembershipTestCase {

    protected static final String BASE = "/api/v1/conversations";
    protected static final int MAX_PARTICIPANTS = 1_100;
    protected static final int MAX_ROSTER = 10;

    @LocalServerPort
    private int port;

    protected final String alice = "alice-" + Ids.next();
    protected final String bob = "bob-" + Ids.next();
    protected final String carol = "carol-" + Ids.next();
    protected final String dave = "dave-" + Ids.next();
    protected final String eve = "eve-" + Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
        properties.add("parley.services.auth", TestUsers::url);
        properties.add("parley.services.message", StubSystemMessages::url);
        properties.add("parley.services.media", StubIconFiles::url);
        properties.add("parley.conversation.max-participants", () -> MAX_PARTICIPANTS);
        properties.add("parley.conversation.max-roster", () -> MAX_ROSTER);
        properties.add("parley.conversation.limits.people-at-once", () -> 2 * MAX_PARTICIPANTS);
        properties.add("parley.conversation.change.sweep-age", () -> "1h");
    }

    @BeforeEach
    void fourUsersOfOneTenantAndOneOfAnother() {
        TestUsers.register("acme", alice, bob, carol, dave);
        TestUsers.register("evil", eve);
    }

    protected ApiClient as(String userId) {
        return new ApiClient(port, TestTokens.tokenFor(userId, userId.equals(eve) ? "evil" : "acme"));
    }

    /** As another service. */
    protected ApiClient asService() {
        return new ApiClient(port, "").with("Authorization", StubAnswers.CREDENTIALS);
    }

    /** A group of alice's. */
    protected String group(String... others) {
        return id(as(alice)
                .post(BASE + "/group", Map.of("name", "Team", "participantIds", List.of(others)))
                .body());
    }

    protected Answer add(String by, String group, String... userIds) {
        return as(by).post(BASE + "/" + group + "/participants", Map.of("userIds", List.of(userIds)));
    }

    protected Answer remove(String by, String group, String userId) {
        return as(by).call("DELETE", BASE + "/" + group + "/participants/" + userId, Map.of());
    }

    protected Answer give(String by, String group, String userId, String role) {
        return as(by).call("PATCH", BASE + "/" + group + "/participants/" + userId, Map.of("role", role));
    }

    protected Answer leave(String userId, String group) {
        return as(userId).post(BASE + "/" + group + "/leave", Map.of());
    }

    protected Answer get(String userId, String conversation) {
        return as(userId).get(BASE + "/" + conversation);
    }

    protected Answer access(String userId, String conversation) {
        return as(userId).get("/internal/conversations/" + conversation + "/access");
    }

    /** Each as {@code from-to}, without {@code to} while it is open. */
    protected List<String> windows(String userId, String conversation) {
        return windows(access(userId, conversation).body());
    }

    protected static List<String> windows(JsonNode access) {
        return access.path("windows")
                .valueStream()
                .map(window -> window.path("fromSeq").asString() + "-"
                        + window.path("toSeq").asString(""))
                .toList();
    }

    protected static String id(JsonNode conversation) {
        return conversation.path("id").asString();
    }

    protected static List<String> errorFields(Answer refused) {
        return refused.body()
                .path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
                .toList();
    }

    /** By user. */
    protected static Map<String, String> roles(JsonNode conversation) {
        return conversation
                .path("participants")
                .valueStream()
                .collect(Collectors.toMap(
                        participant -> participant.path("userId").asString(),
                        participant -> participant.path("role").asString()));
    }

    protected static String[] crowd(int size) {
        String[] crowd = IntStream.range(0, size)
                .mapToObj(i -> "m" + i + "-" + Ids.next())
                .toArray(String[]::new);
        TestUsers.register("acme", crowd);
        return crowd;
    }
}
