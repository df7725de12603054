package dev.parley.presence.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class NodeTagTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void sessionIdsBeginWithTheTagOfTheOpeningRequest() throws Exception {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            String id = open(sessions, "a-Z_09");

            assertThat(id).matches("a-Z_09\\.[A-Za-z0-9_-]{20}");
            assertThat(sessions.session().id()).isEqualTo(id);
            URI poll = sessions.server().http("/engine.io/?EIO=4&transport=polling&sid=" + id);
            assertThat(RawPolling.call("POST", poll, "3").body()).isEqualTo("ok");
        }
    }

    @Test
    void sessionIdsOfWebSocketsBeginWithTheTagToo() throws Exception {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            CompletableFuture<String> first = new CompletableFuture<>();
            WebSocket socket = HTTP.newWebSocketBuilder()
                    .header(NodeTag.HEADER, "abc123")
                    .buildAsync(
                            sessions.server().webSocket("/engine.io/?EIO=4&transport=websocket"),
                            new WebSocket.Listener() {
                                @Override
                                public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                                    first.complete(data.toString());
                                    return null;
                                }
                            })
                    .get(10, TimeUnit.SECONDS);

            assertThat(sid(first.get(10, TimeUnit.SECONDS))).startsWith("abc123.");
            socket.abort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "seventeen-letters", "\"", "ab&c"})
    void sessionIdsHaveNoPrefixForAnInvalidTag(String tag) throws Exception {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            assertThat(open(sessions, tag)).matches("[A-Za-z0-9_-]{20}");
        }
    }

    private static String open(EngineIoTestServer sessions, String tag) throws IOException, InterruptedException {
        HttpRequest opening = HttpRequest.newBuilder(sessions.server().http("/engine.io/?EIO=4&transport=polling"))
                .header(NodeTag.HEADER, tag)
                .timeout(Duration.ofSeconds(10))
                .build();
        return sid(HTTP.send(opening, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static String sid(String opened) {
        return JsonMapper.shared().readTree(opened.substring(1)).get("sid").asString();
    }
}
