package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/** A gateway in front of two presence nodes, and of two instances of another service. */
class NodesTest extends GatewayTest {

    private static final String OPENING = "/socket.io/?EIO=4&transport=polling";
    private static final String OPENING_SOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String DEVICES = "/api/v1/users/me/devices";
    private static final StubService ONE = new StubService();
    private static final StubService TWO = new StubService();

    private ConfigurableApplicationContext gateway;

    @BeforeEach
    void startGateway() {
        List.of(ONE, TWO).forEach(StubService::reset);
        gateway = start(
                "--parley.gateway.presence-nodes=" + ONE.address() + "," + TWO.address(),
                "--parley.nodes.notification=" + ONE.address() + "," + TWO.address(),
                "--parley.gateway.upstream.handshake-timeout=500ms",
                "--parley.gateway.upstream.breaker-window=4",
                "--parley.gateway.upstream.breaker-minimum=4",
                "--parley.gateway.upstream.breaker-open=60s");
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    @Test
    void opensSessionsByTurnsAndTellsEachNodeItsTag() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(send(request(gateway, OPENING)).statusCode()).isEqualTo(200);
        }

        for (StubService node : List.of(ONE, TWO)) {
            assertThat(node.received).hasSize(2).allSatisfy(opening -> assertThat(
                            opening.headers().getAll("Parley-Node"))
                    .containsExactly(node.tag()));
        }
    }

    @Test
    void takesEveryRequestOfASessionToTheNodeThatHoldsIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            send(request(gateway, OPENING + "&sid=" + TWO.tag() + ".abc"));
            send(request(gateway, "/chat-api" + OPENING + "&sid=" + TWO.tag() + ".abc")
                    .POST(HttpRequest.BodyPublishers.ofString("3")));
        }
        connect(OPENING_SOCKET + "&sid=" + TWO.tag() + ".abc").abort();

        assertThat(ONE.received).isEmpty();
        assertThat(TWO.received).hasSize(7).noneMatch(request -> request.headers()
                .contains("Parley-Node"));
    }

    @Test
    void passesOnNoTagThatAClientMakesUp() throws Exception {
        send(request(gateway, OPENING).header("Parley-Node", "mine"));
        send(request(gateway, OPENING).header("Parley-Node", "mine"));
        send(request(gateway, OPENING + "&sid=" + ONE.tag() + ".abc").header("parley-node", "mine"));
        send(authorized(gateway, "/api/v1/users/u1/last-seen").header("Parley-Node", "mine"));

        assertThat(ONE.received.size() + TWO.received.size()).isEqualTo(4);
        assertThat(ONE.received).noneMatch(one -> one.headers().containsValue("Parley-Node", "mine", true));
        assertThat(TWO.received).noneMatch(one -> one.headers().containsValue("Parley-Node", "mine", true));
    }

    @Test
    void asksAnyNodeAboutASessionThatNoneHolds() throws Exception {
        ONE.answer = (request, response) -> response.status(400).sendString(Mono.just("unknown"));
        TWO.answer = ONE.answer;

        assertThat(send(request(gateway, OPENING + "&sid=nobody.abc")).body()).isEqualTo("unknown");
        assertThat(send(request(gateway, OPENING + "&sid=abc")).body()).isEqualTo("unknown");
    }

    @Test
    void opensSessionsElsewhereWhileANodeIsDown() throws Exception {
        ONE.stop();
        try {
            for (int i = 0; i < 6; i++) {
                assertThat(send(request(gateway, OPENING)).statusCode()).isEqualTo(200);
                connect(OPENING_SOCKET).abort();
            }
        } finally {
            ONE.restart();
        }

        assertThat(TWO.received).hasSize(12).allSatisfy(opening -> assertThat(
                        opening.headers().getAll("Parley-Node"))
                .containsExactly(TWO.tag()));
    }

    @Test
    void opensSessionsElsewhereWhileANodeTakesNoNewOnes() throws Exception {
        ONE.draining = true;

        for (int i = 0; i < 4; i++) {
            HttpResponse<String> opened = send(request(gateway, OPENING));
            assertThat(opened.statusCode()).isEqualTo(200);
            assertThat(opened.headers().firstValue("Retry-After")).isEmpty();
            connect(OPENING_SOCKET).abort();
        }

        assertThat(TWO.received).hasSize(8);
        assertThat(send(request(gateway, OPENING + "&sid=" + ONE.tag() + ".abc"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(ONE.received).hasSize(1);
    }

    @Test
    void letsFewWaitForANodeThatDoesNotAnswer() throws Exception {
        ONE.answer = (request, response) -> Mono.never();

        for (int i = 0; i < 10; i++) {
            assertThat(send(request(gateway, OPENING)).statusCode()).isEqualTo(200);
        }

        assertThat(ONE.received).hasSize(1);
        assertThat(TWO.received).hasSize(10);
    }

    @Test
    void tellsAClientAtOnceThatItsSessionWentWithTheNode() throws Exception {
        ONE.stop();
        try {
            HttpResponse<String> poll = send(request(gateway, OPENING + "&sid=" + ONE.tag() + ".abc"));
            assertThat(poll.statusCode()).isEqualTo(400);
            assertThat(json(poll).get("code").asInt()).isEqualTo(1);
            assertThat(json(poll).get("message").asString()).isEqualTo("Session ID unknown");

            Throwable upgrade = catchThrowable(() -> connect(OPENING_SOCKET + "&sid=" + ONE.tag() + ".abc"));
            assertThat(((WebSocketHandshakeException) upgrade.getCause())
                            .getResponse()
                            .statusCode())
                    .isEqualTo(400);
        } finally {
            ONE.restart();
        }
    }

    @Test
    void tellsAClientThatItsSessionWentWhileItWaited() throws Exception {
        ONE.answer = (request, response) -> Mono.never();
        var poll = HTTP.sendAsync(
                request(gateway, OPENING + "&sid=" + ONE.tag() + ".abc")
                        .timeout(TIMEOUT)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        await().atMost(TIMEOUT).until(() -> !ONE.received.isEmpty());

        ONE.cut();

        assertThat(poll.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(400);
    }

    @Test
    void blamesEachNodeForItsOwnFailuresOnly() throws Exception {
        ONE.stop();
        try {
            for (int i = 0; i < 8; i++) {
                send(authorized(gateway, "/api/v1/users/u1/last-seen"));
            }
            assertThat(isOpen("presence-calls", ONE)).isTrue();
            assertThat(isOpen("presence-calls", TWO)).isFalse();
        } finally {
            ONE.restart();
        }
        for (int i = 0; i < 4; i++) {
            send(authorized(gateway, "/api/v1/users/u1/last-seen"));
        }
        assertThat(ONE.received).isEmpty();
        assertThat(TWO.received).hasSize(12);
    }

    @Test
    void opensSessionsAtANodeThatFailsAtOtherCalls() throws Exception {
        ONE.answer = (request, response) -> request.uri().contains("last-seen")
                ? response.status(503).send()
                : response.sendString(Mono.just("0{}"));
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(send(authorized(gateway, "/api/v1/users/u1/last-seen")).statusCode());
        }
        // Asked once each: only an opening that one node refuses is another's.
        assertThat(answers).contains(503, 200);
        assertThat(ONE.received.size() + TWO.received.size()).isEqualTo(8);
        List.of(ONE, TWO).forEach(node -> node.received.clear());

        for (int i = 0; i < 4; i++) {
            send(request(gateway, OPENING));
        }

        assertThat(ONE.received).hasSize(2);
        assertThat(TWO.received).hasSize(2);
    }

    @Test
    void keepsTheSessionsOfANodeThatTakesNoNewOnes() throws Exception {
        ONE.draining = true;
        TWO.draining = true;
        for (int i = 0; i < 6; i++) {
            assertThat(send(request(gateway, OPENING)).statusCode()).isEqualTo(503);
        }
        assertThat(isOpen("presence", ONE)).isTrue();

        for (int i = 0; i < 6; i++) {
            assertThat(send(request(gateway, OPENING + "&sid=" + ONE.tag() + ".abc"))
                            .statusCode())
                    .isEqualTo(200);
        }
        connect(OPENING_SOCKET + "&sid=" + ONE.tag() + ".abc").abort();
        assertThat(ONE.received).hasSize(7);
    }

    @Test
    void aSlowAnswerLosesNoSession() throws Exception {
        ONE.answer = (request, response) -> Mono.never();
        try (ConfigurableApplicationContext impatient = start(
                "--parley.gateway.presence-nodes=" + ONE.address() + "," + TWO.address(),
                "--parley.gateway.upstream.poll-timeout=300ms")) {
            assertThat(send(request(impatient, OPENING + "&sid=" + ONE.tag() + ".abc"))
                            .statusCode())
                    .isGreaterThanOrEqualTo(500);
        }
    }

    @Test
    void saysThatTheServiceIsDownWhenNoNodeAnswers() throws Exception {
        ONE.stop();
        TWO.stop();
        try {
            HttpResponse<String> opening = send(request(gateway, OPENING));
            assertThat(opening.statusCode()).isEqualTo(503);
            assertThat(json(opening).get("code").asString()).isEqualTo("service.unavailable");
        } finally {
            ONE.restart();
            TWO.restart();
        }
    }

    @Test
    void passesOnThatNoNodeTakesNewSessions() throws Exception {
        ONE.draining = true;
        TWO.draining = true;

        HttpResponse<String> opening = send(request(gateway, OPENING));

        assertThat(opening.statusCode()).isEqualTo(503);
        assertThat(opening.headers().allValues("Retry-After")).containsExactly("9");
    }

    @Test
    void asksAnotherNodeWhenAUserWasLastSeen() throws Exception {
        ONE.stop();
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(send(authorized(gateway, "/api/v1/users/u1/last-seen"))
                                .statusCode())
                        .isEqualTo(200);
            }
        } finally {
            ONE.restart();
        }
        assertThat(TWO.received).hasSize(3);
    }

    @Test
    void sharesTheRequestsToAnyServiceAmongItsInstances() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(send(authorized(gateway, DEVICES)).statusCode()).isEqualTo(200);
            assertThat(send(posting(DEVICES)).statusCode()).isEqualTo(200);
        }

        assertThat(ONE.received).hasSize(3);
        assertThat(TWO.received).hasSize(3);
    }

    @Test
    void takesAWriteToAnotherInstanceWhileOneIsDownAndAlsoWhenItIsKnownToBe() throws Exception {
        ONE.stop();
        try {
            for (int i = 0; i < 12; i++) {
                assertThat(send(posting(DEVICES)).statusCode()).isEqualTo(200);
            }
            assertThat(isOpen("notification-calls", ONE)).isTrue();
        } finally {
            ONE.restart();
        }

        assertThat(TWO.received).hasSize(12).allSatisfy(request -> assertThat(request.body())
                .isEqualTo("{}"));
    }

    @Test
    void readsAtAnotherInstanceWhatOneDoesNotAnswerAndWritesNothingTwice() throws Exception {
        ONE.answer = (request, response) -> response.withConnection(Connection::dispose);

        List<Integer> written = List.of(
                send(posting(DEVICES)).statusCode(), send(posting(DEVICES)).statusCode());
        for (int i = 0; i < 2; i++) {
            assertThat(send(authorized(gateway, DEVICES)).statusCode()).isEqualTo(200);
        }

        assertThat(written).containsExactlyInAnyOrder(200, 503);
        assertThat(TWO.received)
                .filteredOn(request -> request.method().equals("GET"))
                .hasSize(2);
        assertThat(TWO.received)
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void keepsWritesFromAnInstanceThatDoesNotAnswerThem() throws Exception {
        gateway.close();
        gateway = start(
                "--parley.nodes.notification=" + ONE.address() + "," + TWO.address(),
                "--parley.gateway.upstream.response-timeout=300ms",
                "--parley.gateway.upstream.breaker-window=4",
                "--parley.gateway.upstream.breaker-minimum=4",
                "--parley.gateway.upstream.breaker-open=60s");
        ONE.answer = (request, response) -> Mono.never();
        List<Integer> statuses = new ArrayList<>();

        for (int i = 0; i < 8; i++) {
            statuses.add(send(i % 4 < 2
                            ? posting(DEVICES)
                            : authorized(gateway, DEVICES + "/one").DELETE())
                    .statusCode());
        }

        assertThat(statuses)
                .containsOnly(200, 503)
                .filteredOn(status -> status == 503)
                .hasSize(4);
        assertThat(isOpen("notification-calls", ONE)).isTrue();
        assertThat(send(posting(DEVICES)).statusCode()).isEqualTo(200);
        assertThat(send(posting(DEVICES)).statusCode()).isEqualTo(200);
    }

    private HttpRequest.Builder posting(String path) {
        return authorized(gateway, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
    }

    @Test
    void countsSocketsByNode() throws Exception {
        WebSocket socket = connect(OPENING_SOCKET + "&sid=" + TWO.tag() + ".abc");

        await().atMost(TIMEOUT).ignoreExceptions().until(() -> sockets(TWO) == 1);
        socket.abort();
        await().atMost(TIMEOUT).until(() -> sockets(TWO) == 0);
    }

    @Test
    void isReadyAsSoonAsOneNodeIs() {
        ONE.ready = false;
        TWO.ready = false;
        try (ConfigurableApplicationContext another =
                start("--parley.gateway.presence-nodes=" + ONE.address() + "," + TWO.address())) {
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(json(send(request(another, "/api/v1/config")))
                            .path("detail")
                            .asString())
                    .isEqualTo("Still starting: presence"));
            TWO.ready = true;

            await().atMost(TIMEOUT)
                    .until(() -> send(request(another, "/api/v1/config")).statusCode() == 200);
        }
    }

    @Test
    void refusesNodesThatItCouldNotTellApart() {
        assertThatThrownBy(() -> start("--parley.gateway.presence-nodes=" + ONE.address() + "," + ONE.address()))
                .rootCause()
                .hasMessageContaining("cannot be told apart");
    }

    private WebSocket connect(String path) {
        return HTTP.newWebSocketBuilder()
                .connectTimeout(TIMEOUT)
                .buildAsync(at(gateway, "ws", path), new WebSocket.Listener() {})
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private boolean isOpen(String breaker, StubService node) {
        return gateway.getBean(MeterRegistry.class)
                        .get("resilience4j.circuitbreaker.state")
                        .tags("name", breaker + "@" + node.authority(), "state", "open")
                        .gauge()
                        .value()
                == 1;
    }

    private double sockets(StubService node) {
        return gateway.getBean(MeterRegistry.class)
                .get("parley.gateway.sockets")
                .tag("node", node.authority())
                .gauge()
                .value();
    }
}
