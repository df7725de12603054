package dev.parley.standalone.chaos;

import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.standalone.ChatUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks over REST while parts are away: an answer comes in time, is good, or says that something is away and when to try again. */
final class RestCaller {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Set<Integer> PASSES = Set.of(429, 503);
    private static final Duration LONGEST = Patience.REST.plus(Patience.MARGIN);

    private final ChatUser user;
    private final Patience patience;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RestCaller(ChatUser user, Patience patience) {
        this.user = user;
        this.patience = patience;
    }

    JsonNode get(String path) {
        return insist("GET", path, Map.of(), null);
    }

    /** Again and again until it is done. */
    JsonNode post(String path, Map<String, ?> body, String idempotencyKey) {
        return insist("POST", path, body, idempotencyKey);
    }

    private JsonNode insist(String method, String path, Map<String, ?> body, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(user.baseUrl() + path))
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + user.accessToken());
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        if (method.equals("POST")) {
            request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        while (true) {
            Answer answer = once(request.build());
            if (answer != null && answer.status() < 300) {
                return answer.body();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** @return null if there was none, because the gateway was away */
    private Answer once(HttpRequest request) {
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            Answer answer = new Answer(response.statusCode(), JSON.readTree(response.body()));
            if (answer.status() >= 300 && !(PASSES.contains(answer.status()) && saysWhen(response))) {
                throw new AssertionError(
                        request + ": " + answer + " " + response.headers().map());
            }
            return answer;
        } catch (IOException unanswered) {
            if (!patience.excusesRest(start)) {
                throw new AssertionError(request + " after " + Duration.ofNanos(System.nanoTime() - start), unanswered);
            }
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static boolean saysWhen(HttpResponse<String> response) {
        return response.headers().firstValue("Retry-After").orElse("").matches("[1-9]\\d?");
    }
}
