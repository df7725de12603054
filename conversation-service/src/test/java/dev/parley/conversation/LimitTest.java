package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What one user may do to others in a while, by default. */
class LimitTest extends ConversationServiceTestCase {

    /** Much more time than a test takes: so many come back meanwhile at most. */
    private static final int COME_BACK = 20;

    @Autowired
    private MembershipStore memberships;

    @Test
    void aStrangerPutsNobodyIntoHundredsOfGroups() {
        int created = 0;
        int refused = 0;
        for (int i = 0; i < 140; i++) {
            Answer answer =
                    as(alice).post(BASE + "/group", Map.of("name", "Join " + i, "participantIds", List.of(bob)));
            if (answer.status() == 201) {
                created++;
            } else {
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.code()).isEqualTo("request.rate-limited");
                refused++;
            }
        }

        assertThat(created).isBetween(100, 100 + COME_BACK);
        assertThat(refused).isPositive();
        assertThat(memberships.ofUser(bob).count().block()).isEqualTo(created);
        assertThat(as(carol)
                        .post(BASE + "/group", Map.of("name", "Another's", "participantIds", List.of(bob)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aRepeatedRequestForOneGroupCountsOnce() {
        Map<String, Object> body = Map.of("name", "Once", "participantIds", List.of(bob));
        as(alice).with("Idempotency-Key", "k").post(BASE + "/group", body);

        for (int i = 0; i < 130; i++) {
            assertThat(as(alice)
                            .with("Idempotency-Key", "k")
                            .post(BASE + "/group", body)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoAddedFiveHundredPeopleWaitsWhateverTheWayIn() throws Exception {
        TestMessageLog group = group("Crowd");
        String[] crowd = crowd(501);

        assertThat(add(group, crowd).code()).isEqualTo("conversation.too-many-participants");
        assertThat(add(group, List.of(crowd).subList(0, 500).toArray(String[]::new))
                        .status())
                .isEqualTo(200);

        assertThat(add(group, crowd[0], crowd[499]).status()).isEqualTo(200);
        // 100 a minute come back, so that these are more than came back until here.
        String[] more = crowd(COME_BACK * 5);
        HttpResponse<String> refused = post(group.conversationId + "/participants", Map.of("userIds", List.of(more)));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(as(alice)
                        .post(BASE + "/group", Map.of("name", "Other", "participantIds", List.of(more)))
                        .status())
                .isEqualTo(429);
        assertThat(as(alice)
                        .post(BASE + "/group", Map.of("name", "Empty", "participantIds", List.of()))
                        .status())
                .isEqualTo(201);
        assertThat(conversation(alice, group).path("participantCount").asInt()).isEqualTo(501);
    }

    @Test
    void nobodyOpensDirectConversationsWithEverybody() {
        int opened = 0;
        int refused = 0;
        for (String userId : crowd(300)) {
            Answer answer = as(alice).post(BASE + "/direct", Map.of("userId", userId));
            if (answer.status() == 201) {
                opened++;
            } else {
                assertThat(answer.status()).isEqualTo(429);
                refused++;
            }
            if (refused > 0) {
                break;
            }
        }
        assertThat(opened).isBetween(200, 200 + 3 * COME_BACK);
        assertThat(refused).isPositive();
        String known = as(alice)
                .get(BASE + "?limit=1&type=direct")
                .body()
                .path("data")
                .path(0)
                .path("participants")
                .valueStream()
                .map(participant -> participant.path("userId").asString())
                .filter(userId -> !userId.equals(alice))
                .findFirst()
                .orElseThrow();
        assertThat(as(alice).post(BASE + "/direct", Map.of("userId", known)).status())
                .isEqualTo(200);
        assertThat(as(alice).post(BASE + "/direct", Map.of("userId", alice)).status())
                .isEqualTo(201);
    }

    private Answer add(TestMessageLog group, String... userIds) {
        return as(alice).post(BASE + "/" + group.conversationId + "/participants", Map.of("userIds", List.of(userIds)));
    }

    private HttpResponse<String> post(String path, Map<String, ?> body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + BASE + "/" + path))
                .header("Authorization", "Bearer " + TestTokens.tokenFor(alice, "acme"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String[] crowd(int size) {
        String prefix = "m" + Ids.next() + "-";
        String[] crowd = IntStream.range(0, size).mapToObj(i -> prefix + i).toArray(String[]::new);
        TestUsers.register("acme", crowd);
        return crowd;
    }
}
