package dev.parley.platform.test;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a service as a client with a token does. */
public final class ApiClient {

    /** An answer that stays away is a failure, not a wait. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final JsonMapper JSON = new JsonMapper();

    /** What came back, whether it was refused or not. */
    public record Answer(int status, JsonNode body) {

        /** The name of the error, if it is one. */
        public String code() {
            return body.path("code").asString("");
        }
    }

    private final WebClient client;
    private final BiConsumer<HttpRequest, Answer> watcher;

    public ApiClient(int port, String token) {
        this("http://localhost:" + port, token);
    }

    public ApiClient(String baseUrl, String token) {
        this(
                WebClient.builder()
                        .baseUrl(baseUrl)
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                        .defaultHeader("Authorization", "Bearer " + token)
                        .build(),
                (request, answer) -> {});
    }

    private ApiClient(WebClient client, BiConsumer<HttpRequest, Answer> watcher) {
        this.client = client;
        this.watcher = watcher;
    }

    /** The same client, with somebody who sees every answer before the caller does and may refuse it by throwing. */
    public ApiClient watchedBy(BiConsumer<HttpRequest, Answer> watcher) {
        return new ApiClient(client, watcher);
    }

    /** The same client with one more header. */
    public ApiClient with(String header, String value) {
        return new ApiClient(client.mutate().defaultHeader(header, value).build(), watcher);
    }

    public Answer get(String path) {
        return answer(client.get().uri(path)).block(LONGEST);
    }

    /** Gets an address that is encoded already. */
    public Answer getAsIs(String path) {
        return callAsIs("GET", path, Map.of());
    }

    /** Calls an address that is encoded already. */
    public Answer callAsIs(String method, String path, Map<String, ?> body) {
        return call(
                client.method(HttpMethod.valueOf(method)).uri(builder -> URI.create(builder.build() + path)),
                method,
                body);
    }

    /** The body of an answer as it came. */
    public String getText(String path) {
        return client.get().uri(path).retrieve().bodyToMono(String.class).block(LONGEST);
    }

    public Answer post(String path, Map<String, ?> body) {
        return posting(path, body).block(LONGEST);
    }

    /** Calls with any method; a body is sent with those that take one. */
    public Answer call(String method, String path, Map<String, ?> body) {
        return call(client.method(HttpMethod.valueOf(method)).uri(path), method, body);
    }

    private Answer call(WebClient.RequestBodySpec request, String method, Map<String, ?> body) {
        return answer(method.equals("GET") || method.equals("DELETE") ? request : request.bodyValue(body))
                .block(LONGEST);
    }

    /** Posts a body as it is, which may be no JSON. */
    public Answer postText(String path, String body) {
        return callText("POST", path, body);
    }

    /** Sends a body as it is, which may be no JSON. */
    public Answer callText(String method, String path, String body) {
        return answer(client.method(HttpMethod.valueOf(method))
                        .uri(path)
                        .header("Content-Type", "application/json")
                        .bodyValue(body))
                .block(LONGEST);
    }

    public Mono<Answer> posting(String path, Map<String, ?> body) {
        return answer(client.post().uri(path).bodyValue(body));
    }

    private Mono<Answer> answer(WebClient.RequestHeadersSpec<?> request) {
        return request.exchangeToMono(response -> response.bodyToMono(String.class)
                .filter(body -> !body.isEmpty())
                .defaultIfEmpty("{}")
                .map(body -> new Answer(response.statusCode().value(), JSON.readTree(body)))
                .doOnNext(answer -> watcher.accept(response.request(), answer)));
    }
}
