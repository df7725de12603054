package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.standalone.api.ApiContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who has signed out is out: a copy of the access token is of no use to anybody, though it has not expired. */
class SignOutTest {

    /** In this time every service has heard of it, on a busy machine too. Much less than the life of a token. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private final String baseUrl = RunningPlatform.baseUrl();
    private final ChatUser user = ChatUser.register(baseUrl, "Leaver");

    /** One endpoint of each service. */
    private final List<String> everywhere = List.of(
            "/api/v1/users/me",
            "/api/v1/conversations",
            "/api/v1/messages/starred",
            "/api/v1/users/" + user.id() + "/last-seen");

    @Test
    void everyServiceRefusesTheTokenSoonAfterTheSignOut() {
        String other = signIn();
        everywhere.forEach(path ->
                assertThat(get(path, user.accessToken()).status()).as(path).isEqualTo(200));

        user.call("POST", "/api/v1/auth/logout", Map.of("refreshToken", user.refreshToken()));

        refusedEverywhere(user.accessToken());
        everywhere.forEach(
                path -> assertThat(get(path, other).status()).as(path).isEqualTo(200));
    }

    @Test
    void everyServiceRefusesEveryTokenAfterASignOutEverywhere() {
        String other = signIn();

        user.call("POST", "/api/v1/auth/logout-all", Map.of());

        refusedEverywhere(user.accessToken());
        refusedEverywhere(other);
        assertThat(get("/api/v1/users/me", signIn()).status()).isEqualTo(200);
    }

    @Test
    void whoseAccessTokenHasExpiredSignsOutWithTheRefreshToken() {
        ApiClient nobody = new ApiClient(baseUrl, "expired.or.broken");
        Map<String, String> refresh = Map.of("refreshToken", user.refreshToken());

        assertThat(nobody.post("/api/v1/auth/logout", refresh).status()).isEqualTo(204);

        assertThat(nobody.post("/api/v1/auth/refresh", refresh).status()).isEqualTo(401);
        refusedEverywhere(user.accessToken());
        assertThat(nobody.post("/api/v1/auth/logout", Map.of()).code()).isEqualTo("auth.invalid-token");
    }

    @Test
    void aRetryOfARefreshEndsNothingAndAUsedTokenEndsTheSessionEverywhereAtOnce() {
        try (ChatSocket socket = user.connect()) {
            String next = refreshed(user.refreshToken());
            assertThat(refreshed(user.refreshToken())).isEqualTo(next);
            refreshed(next);
            assertThat(socket.isConnected()).isTrue();

            assertThat(refresh(user.refreshToken()).code()).isEqualTo("auth.refresh-token-reused");

            refusedEverywhere(user.accessToken());
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(socket.isConnected())
                    .isFalse());
            assertThat(refresh(next).status()).isEqualTo(401);
        }
    }

    private String refreshed(String refreshToken) {
        Answer answer = refresh(refreshToken);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body().path("refreshToken").asString();
    }

    private Answer refresh(String refreshToken) {
        return ApiContract.client(baseUrl, "none").post("/api/v1/auth/refresh", Map.of("refreshToken", refreshToken));
    }

    private void refusedEverywhere(String token) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> everywhere.forEach(path -> {
                    Answer answer = get(path, token);
                    assertThat(answer.status()).as(path).isEqualTo(401);
                    assertThat(answer.code()).as(path).isEqualTo("auth.invalid-token");
                }));
    }

    private String signIn() {
        JsonNode signedIn =
                user.call("POST", "/api/v1/auth/login", Map.of("email", user.email(), "password", ChatUser.PASSWORD));
        return signedIn.path("tokens").path("accessToken").asString();
    }

    private Answer get(String path, String token) {
        return ApiContract.client(baseUrl, token).get(path);
    }
}
