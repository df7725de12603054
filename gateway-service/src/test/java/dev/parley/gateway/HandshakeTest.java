package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.platform.test.TestTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What of a WebSocket's handshake passes between a client and a node, and what each must agree on with the gateway alone. */
class HandshakeTest extends GatewayTest {

    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";
    private static final StubService RADAR = new StubService();

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void startGateway() {
        gateway = start(
                "--parley.registry.radar.port=8099",
                "--parley.registry.radar.several-nodes=true",
                "--parley.registry.radar.sockets=/radar/**",
                "--parley.registry.radar.self-verified-paths=/radar/**",
                "--parley.services.radar=" + RADAR.address());
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @BeforeEach
    void forgetWhatTheRadarReceived() {
        RADAR.reset();
    }

    @Test
    void theOneSubprotocolThatIsOfferedIsChosen() throws Exception {
        PRESENCE.subprotocol = "json";

        WebSocket socket = connect(PATH, "json");

        assertThat(socket.getSubprotocol()).isEqualTo("json");
        assertThat(offered()).containsExactly("json");
        socket.abort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "messagepack", "text"})
    void theNodeChoosesAmongAllSubprotocolsThatAreOffered(String chosen) throws Exception {
        PRESENCE.subprotocol = chosen;

        WebSocket socket = connect(PATH, "json", "messagepack", "text");

        assertThat(socket.getSubprotocol()).isEqualTo(chosen);
        assertThat(offered()).containsExactly("json", "messagepack", "text");
        socket.abort();
    }

    @Test
    void theNodeMayChooseNoneOfThem() throws Exception {
        WebSocket socket = connect(PATH, "unheard-of", "json");

        assertThat(socket.getSubprotocol()).isEmpty();
        assertThat(offered()).containsExactly("unheard-of", "json");
        socket.abort();
    }

    @Test
    void noneIsOfferedWhereTheClientOffersNone() throws Exception {
        WebSocket socket = connect(PATH);

        assertThat(socket.getSubprotocol()).isEmpty();
        assertThat(PRESENCE.received.poll().headers().contains("Sec-WebSocket-Protocol"))
                .isFalse();
        socket.abort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", ""})
    void aNodeThatChoosesWhatWasNotOfferedHasFailed(String offered) {
        PRESENCE.subprotocol = "unasked";

        Throwable failure =
                catchThrowable(() -> connect(PATH, offered.isEmpty() ? new String[0] : new String[] {offered}));

        HttpResponse<?> response = ((WebSocketHandshakeException) failure.getCause()).getResponse();
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void severalHeadersAreOneOffer() throws Exception {
        PRESENCE.subprotocol = "text";

        List<String> answer = handshake(
                PATH, "Sec-WebSocket-Protocol: json,messagepack", "Sec-WebSocket-Protocol:  text", "Origin: http://a");

        assertThat(answer.get(0)).contains(" 101 ");
        assertThat(answer)
                .filteredOn(line -> isHeader(line, "Sec-WebSocket-Protocol"))
                .hasSize(1);
        assertThat(valueOf(answer, "Sec-WebSocket-Protocol")).isEqualTo("text");
        assertThat(offered()).containsExactly("json", "messagepack", "text");
    }

    @Test
    void messagesPassUnderASubprotocol() throws Exception {
        PRESENCE.subprotocol = "json";
        SocketClient client = SocketClient.connect(gateway, PATH, "json");
        client.send("hello");

        assertThat(client.next()).isEqualTo("hello");
        client.close();
    }

    /** The relay reads and writes frames, so each side may compress only what it has agreed on with the gateway. */
    @Test
    void extensionsAreAgreedOnForEachConnectionAlone() throws Exception {
        List<String> answer = handshake(PATH, "Sec-WebSocket-Extensions: permessage-deflate");

        assertThat(answer.get(0)).contains(" 101 ");
        assertThat(answer).noneMatch(line -> isHeader(line, "Sec-WebSocket-Extensions"));
        assertThat(PRESENCE.received.poll().headers().contains("Sec-WebSocket-Extensions"))
                .isFalse();
    }

    @Test
    void eachConnectionHasItsOwnKeyAndHost() throws Exception {
        handshake(PATH);

        StubService.Received received = PRESENCE.received.poll();
        assertThat(received.headers().getAll("Sec-WebSocket-Key"))
                .hasSize(1)
                .doesNotContain("dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(received.headers().getAll("Sec-WebSocket-Version")).containsExactly("13");
        assertThat(received.headers().get("Host")).isEqualTo(PRESENCE.authority());
    }

    @Test
    void theNodeSeesWhereTheClientIsAndWhichPageOpenedTheSocket() throws Exception {
        handshake(
                PATH,
                "Origin: https://app.example.com",
                "Cookie: one=1; two=2",
                "User-Agent: test/1",
                "Accept-Language: de",
                "X-Request-Id: trace-1",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Proto: https",
                "Forwarded: for=6.6.6.6",
                "X-Real-IP: 6.6.6.6");

        StubService.Received received = PRESENCE.received.poll();
        assertThat(received.headers().getAll("Origin")).containsExactly("https://app.example.com");
        assertThat(String.join("; ", received.headers().getAll("Cookie"))).contains("one=1", "two=2");
        assertThat(received.headers().get("User-Agent")).isEqualTo("test/1");
        assertThat(received.headers().get("Accept-Language")).isEqualTo("de");
        assertThat(received.headers().getAll("X-Request-Id")).containsExactly("trace-1");
        assertThat(received.headers().getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(received.headers().getAll("X-Forwarded-Proto")).containsExactly("http");
        assertThat(received.headers().entries())
                .noneMatch(header -> header.getValue().contains("6.6.6.6"));
    }

    @Test
    void headersOfTheConnectionEndAtTheGateway() throws Exception {
        handshake(PATH, "Keep-Alive: timeout=5", "TE: trailers", "Proxy-Authorization: Basic YTpi");

        StubService.Received received = PRESENCE.received.poll();
        assertThat(List.of("Keep-Alive", "TE", "Proxy-Authorization"))
                .noneMatch(name -> received.headers().contains(name));
    }

    @Test
    void aTokenThatNobodyVerifiesIsDropped() throws Exception {
        handshake(PATH, "Authorization: Bearer " + TestTokens.tokenFor("ann", "acme"));

        assertThat(PRESENCE.received.poll().headers().contains("Authorization")).isFalse();
    }

    @Test
    void aTokenPassesToANodeThatVerifiesItByItself() throws Exception {
        String token = TestTokens.expiredTokenFor("ann", "acme");

        handshake("/radar/map", "Authorization: Bearer " + token);

        assertThat(RADAR.received.poll().headers().get("Authorization")).isEqualTo("Bearer " + token);
    }

    @Test
    void whatTheNodeSaysOfTheSocketPassesToTheClient() throws Exception {
        PRESENCE.handshakeHeaders = List.of("Set-Cookie: io=abc; Path=/", "X-Served-By: one", "X-Request-Id: own");

        List<String> answer = handshake(PATH, "X-Request-Id: trace-1");

        assertThat(valueOf(answer, "Set-Cookie")).isEqualTo("io=abc; Path=/");
        assertThat(valueOf(answer, "X-Served-By")).isEqualTo("one");
        assertThat(answer).filteredOn(line -> isHeader(line, "X-Request-Id")).hasSize(1);
        assertThat(valueOf(answer, "X-Request-Id")).isEqualTo("trace-1");
        for (String once : List.of("Upgrade", "Connection", "Sec-WebSocket-Accept")) {
            assertThat(answer).filteredOn(line -> isHeader(line, once)).hasSize(1);
        }
        // RFC 6455, section 1.3: of the key that the client sent.
        assertThat(valueOf(answer, "Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    private static WebSocket connect(String path, String... subprotocols) {
        return SocketClient.connect(gateway, path, subprotocols).socket();
    }

    /** What the node was offered, in order. */
    private static List<String> offered() {
        List<String> offered = new ArrayList<>();
        for (String header : PRESENCE.received.poll().headers().getAll("Sec-WebSocket-Protocol")) {
            for (String one : header.split(",")) {
                offered.add(one.strip());
            }
        }
        return offered;
    }

    /** Upgrades a plain connection, to send and to see headers that a WebSocket client keeps to itself. */
    private static List<String> handshake(String path, String... headers) throws IOException {
        URI address = at(gateway, "http", "/");
        try (Socket connection = new Socket(address.getHost(), address.getPort())) {
            connection.setSoTimeout((int) TimeUnit.SECONDS.toMillis(10));
            List<String> lines = new ArrayList<>(List.of(
                    "GET " + path + " HTTP/1.1",
                    "Host: " + address.getAuthority(),
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version: 13"));
            lines.addAll(List.of(headers));
            byte[] request = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            connection.getOutputStream().write(request);
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            List<String> head = new ArrayList<>();
            for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
                head.add(line);
            }
            return head;
        }
    }

    private static boolean isHeader(String line, String name) {
        return line.regionMatches(true, 0, name + ":", 0, name.length() + 1);
    }

    private static String valueOf(List<String> head, String name) {
        return head.stream()
                .filter(line -> isHeader(line, name))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
