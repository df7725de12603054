package dev.parley.presence.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.presence.socketio.ConformanceServer;
import dev.parley.presence.transport.EventLoopGuard;
import dev.parley.presence.transport.LiveServer;
import dev.parley.presence.transport.RawSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What both protocols' conformance suites expect of the transports below. */
@ExtendWith(EventLoopGuard.class)
public abstract class TransportCases {

    /** Slower than the suites ask for, so that a busy machine does not miss a beat. */
    private static final EngineIoSettings SETTINGS =
            EngineIoSettings.defaults().withHeartbeat(Duration.ofMillis(1000), Duration.ofMillis(2000));

    private static LiveServer server;

    private final String path;

    protected TransportCases(String path) {
        this.path = path;
    }

    @BeforeAll
    static void start() {
        server = ConformanceServer.start(0, SETTINGS, Duration.ofSeconds(20));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    protected URI http(String query) {
        return server.http(path + query);
    }

    protected RawPolling openByPolling() {
        return RawPolling.open(http(""));
    }

    protected RawSocket open(String query) {
        return RawSocket.open(server.webSocket(path + query));
    }

    protected RawSocket open() {
        return open("?EIO=4&transport=websocket");
    }

    protected RawSocket openAndGreet() {
        RawSocket socket = open();
        assertThat((String) socket.next()).startsWith("0{");
        return socket;
    }

    protected RawSocket probe(RawPolling session) {
        RawSocket socket = open("?EIO=4&transport=websocket&sid=" + session.id());
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        return socket;
    }

    private static void checkHandshake(JsonNode handshake, List<String> upgrades) {
        assertThat(handshake.propertyNames())
                .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
        assertThat(handshake.get("sid").asString()).isNotEmpty();
        assertThat(handshake.get("upgrades").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(upgrades);
        assertThat(handshake.get("pingInterval").asInt()).isEqualTo(1000);
        assertThat(handshake.get("pingTimeout").asInt()).isEqualTo(2000);
        assertThat(handshake.get("maxPayload").asInt()).isEqualTo(1_000_000);
    }

    @Test
    void opensASessionByPolling() {
        HttpResponse<String> response = RawPolling.call("GET", http("?EIO=4&transport=polling"), "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("0");
        checkHandshake(JsonMapper.shared().readTree(response.body().substring(1)), List.of("websocket"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?transport=polling", "?EIO=abc&transport=polling", "?EIO=3&transport=polling"})
    void refusesPollingOfAnotherVersion(String query) {
        HttpResponse<String> response = RawPolling.call("GET", http(query), "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?EIO=4", "?EIO=4&transport=abc"})
    void refusesPollingByAnUnknownTransport(String query) {
        HttpResponse<String> response = RawPolling.call("GET", http(query), "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void refusesToOpenASessionByAnotherMethod(String method) {
        HttpResponse<String> response = RawPolling.call(method, http("?EIO=4&transport=polling"), "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":2");
    }

    @Test
    void opensASessionByWebSocket() {
        try (RawSocket socket = open()) {
            String first = (String) socket.next();

            assertThat(first).startsWith("0");
            checkHandshake(JsonMapper.shared().readTree(first.substring(1)), List.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?transport=websocket", "?EIO=abc&transport=websocket"})
    void refusesAWebSocketOfAnotherVersion(String query) {
        checkRefused(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?EIO=4", "?EIO=4&transport=abc"})
    void refusesAWebSocketByAnUnknownTransport(String query) {
        checkRefused(query);
    }

    private void checkRefused(String query) {
        assertThatThrownBy(() -> open(query))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(error -> assertThat(((WebSocketHandshakeException) error.getCause())
                                .getResponse()
                                .statusCode())
                        .isEqualTo(400));
    }

    @Test
    void pingsByPolling() {
        RawPolling session = openByPolling();
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> poll = session.poll();

            assertThat(poll.statusCode()).isEqualTo(200);
            assertThat(poll.body()).isEqualTo("2");
            assertThat(session.post("3").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void closesAPollingSessionThatDoesNotAnswerAPing() {
        RawPolling session = openByPolling();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> session.poll().statusCode() == 400);
    }

    @Test
    void pingsByWebSocket() {
        try (RawSocket socket = openAndGreet()) {
            for (int i = 0; i < 3; i++) {
                assertThat(socket.next()).isEqualTo("2");
                socket.send("3");
            }
        }
    }

    @Test
    void closesAWebSocketThatDoesNotAnswerAPing() {
        try (RawSocket socket = open()) {
            assertThat(socket.awaitClose()).isEqualTo(1001);
        }
    }

    @Test
    void closesAPollingSessionWhenTheClientAsksForIt() {
        RawPolling session = openByPolling();
        CompletableFuture<HttpResponse<String>> poll = session.pollLater();
        // The goodbye must find the poll waiting.
        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> !poll.isDone());

        session.post("1");

        assertThat(poll.join().statusCode()).isEqualTo(200);
        assertThat(poll.join().body()).isEqualTo("6");
        assertThat(session.poll().statusCode()).isEqualTo(400);
    }

    @Test
    void closesAWebSocketSessionWhenTheClientAsksForIt() {
        try (RawSocket socket = openAndGreet()) {
            socket.send("1");

            assertThat(socket.awaitClose()).isEqualTo(1000);
        }
    }

    @Test
    void upgradesFromPollingToWebSocket() {
        RawPolling session = openByPolling();
        try (RawSocket socket = probe(session)) {
            HttpResponse<String> poll = session.poll();

            assertThat(poll.statusCode()).isEqualTo(200);
            assertThat(poll.body()).isEqualTo("6");
            socket.send("5");
            assertThat(socket.next()).isEqualTo("2");
        }
    }

    @Test
    void refusesAPollAfterTheUpgrade() {
        RawPolling session = openByPolling();
        try (RawSocket socket = probe(session)) {
            socket.send("5");

            assertThat(session.poll().statusCode()).isEqualTo(400);
            assertThat(session.post("4late").statusCode()).isEqualTo(400);
            assertThat(socket.next()).isEqualTo("2");
        }
    }

    @Test
    void refusesAnotherWebSocketAfterTheUpgrade() {
        RawPolling session = openByPolling();
        try (RawSocket socket = probe(session)) {
            socket.send("5");
            try (RawSocket late = open("?EIO=4&transport=websocket&sid=" + session.id())) {
                late.awaitClose();
                assertThat(socket.next()).isEqualTo("2");
            }
        }
    }
}
