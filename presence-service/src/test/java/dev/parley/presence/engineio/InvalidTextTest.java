package dev.parley.presence.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.EventLoopGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients send bytes that are no UTF-8. No client library does, so they are written by hand. */
@ExtendWith(EventLoopGuard.class)
class InvalidTextTest {

    private static final String UPGRADE = """
            GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    /** A lone byte, a cut character, an overlong NUL, half of a surrogate pair, beyond the last code point. */
    @ParameterizedTest
    @ValueSource(strings = {"34ff", "34c3", "34c080", "34eda080", "34f4908080"})
    void endsASessionThatSendsThem(String payload) throws Exception {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults();
                Socket socket = open(sessions)) {
            send(socket, HexFormat.of().parseHex(payload));

            assertThat(sessions.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        }
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling poller = sessions.poller();
            URI address =
                    URI.create(sessions.server().http("/engine.io/") + "?EIO=4&transport=polling&sid=" + poller.id());
            HttpRequest post = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(10))
                    .POST(BodyPublishers.ofByteArray(HexFormat.of().parseHex(payload)))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(post, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(400);
            assertThat(sessions.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void takesWhatIsUtf8() throws Exception {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults();
                Socket socket = open(sessions)) {
            send(socket, "4grüße 👍".getBytes(StandardCharsets.UTF_8));

            assertThat(sessions.received()).isEqualTo("grüße 👍");
        }
    }

    private static Socket open(EngineIoTestServer sessions) throws IOException {
        Socket socket = new Socket("localhost", sessions.server().http("/").getPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
        InputStream answer = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) answer.read());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
        return socket;
    }

    /** One text frame, with a mask of zeros (RFC 6455, section 5.2). */
    private static void send(Socket socket, byte[] text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(new byte[] {(byte) 0x81, (byte) (0x80 | text.length), 0, 0, 0, 0});
        out.write(text);
        out.flush();
    }
}
