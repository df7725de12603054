package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

class SocketTest extends GatewayTest {

    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void startGateway() {
        gateway = start(
                "--parley.gateway.limits.socket-frame=64KB",
                "--parley.gateway.upstream.response-timeout=1s",
                "--parley.gateway.upstream.handshake-timeout=1s");
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @Test
    void carriesMessagesBothWaysInOrder() throws Exception {
        SocketClient client = connect(PATH);
        client.send("2probe");
        client.send("5");

        assertThat(client.next()).isEqualTo("2probe");
        assertThat(client.next()).isEqualTo("5");
        assertThat(PRESENCE.received.poll().uri()).isEqualTo(PATH);
        client.close();
    }

    @Test
    void cutsThePrefixOffThatAClientConnectsUnder() throws Exception {
        SocketClient client = connect("/chat-api" + PATH);
        client.send("hello");

        assertThat(client.next()).isEqualTo("hello");
        assertThat(PRESENCE.received.poll().uri()).isEqualTo(PATH);
        client.close();
    }

    @Test
    void carriesPolls() throws Exception {
        String path = "/socket.io/?EIO=4&transport=polling&sid=s1";
        PRESENCE.answer = (request, response) ->
                response.header("Content-Type", "text/plain").sendString(Mono.just("ok"));

        HttpResponse<String> response =
                send(request(gateway, "/chat-api" + path).POST(HttpRequest.BodyPublishers.ofString("40/chat,")));

        assertThat(response.body()).isEqualTo("ok");
        StubService.Received received = PRESENCE.received.poll();
        assertThat(received.uri()).isEqualTo(path);
        assertThat(received.body()).isEqualTo("40/chat,");
    }

    @Test
    void waitsForASlowPollLongerThanForAnApiAnswer() throws Exception {
        PRESENCE.answer =
                (request, response) -> response.sendString(Mono.just("2").delayElement(Duration.ofMillis(1_500)));

        assertThat(send(request(gateway, "/socket.io/?transport=polling&sid=s1"))
                        .body())
                .isEqualTo("2");
    }

    @Test
    void keepsASocketOpenPastEveryTimeout() throws Exception {
        SocketClient client = connect(PATH);
        long opened = System.nanoTime();
        await().atMost(TIMEOUT).until(() -> System.nanoTime() - opened > TimeUnit.MILLISECONDS.toNanos(1_500));
        client.send("still here");

        assertThat(client.next()).isEqualTo("still here");
        client.close();
    }

    @Test
    void passesMessagesUpToTheLimit() throws Exception {
        SocketClient client = connect(PATH);
        client.send("x".repeat(64 * 1024));

        assertThat(client.next()).hasSize(64 * 1024);
        client.close();
    }

    @Test
    void closesASocketThatSendsMoreThanTheLimit() throws Exception {
        SocketClient client = connect(PATH);
        client.send("x".repeat(64 * 1024 + 1));

        assertThat(client.closeStatus()).isEqualTo(1009);
    }

    @Test
    void answersOverHttpWhenTheServiceIsDown() throws Exception {
        PRESENCE.stop();
        try {
            Throwable failure = catchThrowable(() -> connect(PATH));

            HttpResponse<?> response = ((WebSocketHandshakeException) failure.getCause()).getResponse();
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        } finally {
            PRESENCE.restart();
        }
    }

    @Test
    void passesOnWhenAServiceWantsAClientToComeLater() {
        Throwable failure = catchThrowable(() -> connect(PATH + "&refused"));

        HttpResponse<?> response = ((WebSocketHandshakeException) failure.getCause()).getResponse();
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void tellsAClientWhenTheServiceGoes() throws Exception {
        SocketClient client = connect(PATH);
        client.send("hello");
        assertThat(client.next()).isEqualTo("hello");

        PRESENCE.stop();
        try {
            assertThat(client.closeStatus()).isNotNull();
        } finally {
            PRESENCE.restart();
        }
    }

    @Test
    void sendsClientsElsewhereWhenItStopsItself() throws Exception {
        ConfigurableApplicationContext another = start();
        SocketClient client = SocketClient.connect(another, PATH);
        client.send("hello");
        assertThat(client.next()).isEqualTo("hello");

        another.close();

        assertThat(client.closeStatus()).isEqualTo(1012);
    }

    @Test
    void sendsClientsElsewhereOneAfterTheOtherWhenItStopsItself() throws Exception {
        ConfigurableApplicationContext another = start("--parley.gateway.sockets.drain-window=1s");
        List<SocketClient> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(SocketClient.connect(another, PATH));
        }

        another.close();

        for (SocketClient client : clients) {
            assertThat(client.closeStatus()).isEqualTo(1012);
        }
        LongSummaryStatistics moments =
                clients.stream().mapToLong(SocketClient::closedAt).summaryStatistics();
        assertThat(Duration.ofNanos(moments.getMax() - moments.getMin())).isGreaterThan(Duration.ofMillis(100));
    }

    private static SocketClient connect(String path) {
        return SocketClient.connect(gateway, path);
    }
}
