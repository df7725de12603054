package dev.parley.platform.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * The HTTP server goes on reading a connection on which a request came before the one before it was done with. Version 1.3.7
 * did not (reactor-netty, issue 4361): a caller then waited until it gave up.
 */
class KeptConnectionTest {

    private static final Duration LATER = Duration.ofMillis(50);

    @Test
    void isReadOnAfterARequestThatCameEarly() throws IOException {
        DisposableServer server = HttpServer.create()
                .host("localhost")
                .port(0)
                .handle((request, response) -> response.sendString(
                        request.uri().equals("/later")
                                ? Mono.delay(LATER).thenReturn("later\n")
                                : Mono.just("at once\n")))
                .bindNow();
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout(10_000);
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));

            send(socket, "/later", "/at-once");
            assertThat(status(answers)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(status(answers)).isEqualTo("HTTP/1.1 200 OK");

            send(socket, "/at-once");
            assertThat(status(answers)).isEqualTo("HTTP/1.1 200 OK");
        } finally {
            server.disposeNow();
        }
    }

    private static void send(Socket socket, String... paths) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (String path : paths) {
            requests.append("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path));
        }
        socket.getOutputStream().write(requests.toString().getBytes(US_ASCII));
    }

    /** The status line of the next answer. */
    private static String status(BufferedReader answers) throws IOException {
        while (true) {
            String line = answers.readLine();
            if (line == null || line.startsWith("HTTP/")) {
                return line;
            }
        }
    }
}
