package dev.parley.presence.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.transport.RawSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the Engine.IO 4 conformance suite, against a server that echoes messages. */
class EngineIoConformanceTest extends TransportCases {

    EngineIoConformanceTest() {
        super("/engine.io/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4hello", "4test1\u001e4test2\u001e4test3", "4hello\u001ebAQIDBA=="})
    void transfersAPayloadInBothDirectionsByPolling(String payload) {
        RawPolling session = openByPolling();

        HttpResponse<String> posted = session.post(payload);

        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(posted.body()).isEqualTo("ok");
        HttpResponse<String> polled = session.poll();
        assertThat(polled.statusCode()).isEqualTo(200);
        assertThat(polled.body()).isEqualTo(payload);
    }

    @Test
    void closesAPollingSessionUponAnInvalidPacket() {
        RawPolling session = openByPolling();

        assertThat(session.post("abc").statusCode()).isEqualTo(400);

        assertThat(session.poll().statusCode()).isEqualTo(400);
    }

    @Test
    void closesASessionUponASecondPollAtATime() {
        RawPolling session = openByPolling();
        CompletableFuture<HttpResponse<String>> first = session.pollLater();
        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> !first.isDone());

        assertThat(session.poll().statusCode()).isEqualTo(400);

        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(first.join().body()).isEqualTo("1");
        assertThat(session.poll().statusCode()).isEqualTo(400);
    }

    @Test
    void closesASessionWhosePollIsCancelled() throws Exception {
        RawPolling session = openByPolling();
        URI uri = http("?EIO=4&transport=polling&sid=" + session.id());
        try (Socket connection = new Socket(uri.getHost(), uri.getPort())) {
            String request = "GET " + uri.getRawPath() + "?" + uri.getRawQuery() + " HTTP/1.1\r\nHost: test\r\n\r\n";
            connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            // Long enough to arrive, short enough to come before the first ping.
            Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);
        }

        HttpResponse<String> later = session.poll();

        assertThat(later.statusCode()).isEqualTo(400);
    }

    @Test
    void transfersATextPacketInBothDirectionsByWebSocket() {
        try (RawSocket socket = openAndGreet()) {
            assertThat(socket.send("4hello").next()).isEqualTo("4hello");
        }
    }

    @Test
    void transfersABinaryPacketInBothDirectionsByWebSocket() {
        try (RawSocket socket = openAndGreet()) {
            assertThat(socket.send(new byte[] {1, 2, 3, 4}).next()).isEqualTo(new byte[] {1, 2, 3, 4});
        }
    }

    @Test
    void closesAWebSocketUponAnInvalidPacket() {
        try (RawSocket socket = openAndGreet()) {
            assertThat(socket.send("abc").awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void continuesByWebSocketAfterTheUpgrade() {
        RawPolling session = openByPolling();
        try (RawSocket socket = probe(session)) {
            socket.send("5").send("4hello");

            assertThat(socket.next()).isEqualTo("4hello");
        }
    }
}
