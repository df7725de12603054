package dev.parley.presence.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.engineio.TransportCases;
import dev.parley.presence.transport.RawSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the Socket.IO 5 conformance suite. */
class SocketIoConformanceTest extends TransportCases {

    SocketIoConformanceTest() {
        super("/socket.io/");
    }

    private RawSocket connected() {
        RawSocket socket = openAndGreet();
        socket.send("40");
        assertThat((String) socket.next()).startsWith("40{");
        assertThat(socket.next()).isEqualTo("42[\"auth\",{}]");
        return socket;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "40; 40{; 42[\"auth\",{}]",
                "40{\"token\":\"123\"}; 40{; 42[\"auth\",{\"token\":\"123\"}]",
                "40/custom,; 40/custom,{; 42/custom,[\"auth\",{}]",
                "40/custom,{\"token\":\"abc\"}; 40/custom,{; 42/custom,[\"auth\",{\"token\":\"abc\"}]"
            })
    void admitsAClientToANamespace(String connect, String prefix, String auth) {
        try (RawSocket socket = openAndGreet()) {
            socket.send(connect);

            assertThat((String) socket.next()).startsWith(prefix).matches(".*\\{\"sid\":\"[^\"]+\"}");
            assertThat(socket.next()).isEqualTo(auth);
        }
    }

    @Test
    void refusesAnUnknownNamespace() {
        try (RawSocket socket = openAndGreet()) {
            assertThat(socket.send("40/random").next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void closesAConnectionWhoseFirstPacketIsInvalid() {
        try (RawSocket socket = openAndGreet()) {
            assertThat(socket.send("4abc").awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void closesAConnectionThatNeverJoinsANamespace() {
        SocketIoSettings hasty =
                SocketIoSettings.defaults().withTimeouts(Duration.ofMillis(200), Duration.ofSeconds(30));
        try (Namespaces namespaces = new Namespaces(hasty);
                RawSocket socket = namespaces.open()) {
            assertThat(socket.awaitClose()).isEqualTo(1008);
        }
    }

    @Test
    void keepsTheConnectionOfAClientThatLeftTheMainNamespace() {
        try (RawSocket socket = connected()) {
            assertThat(socket.send("41").next()).isEqualTo("2");
        }
    }

    @Test
    void keepsTheMainNamespaceOfAClientThatLeftAnother() {
        try (RawSocket socket = connected()) {
            assertThat(socket.next()).isEqualTo("2");
            socket.send("3").send("40/custom");
            assertThat((String) socket.next()).startsWith("40/custom,{");
            assertThat(socket.next()).isEqualTo("42/custom,[\"auth\",{}]");

            socket.send("41/custom").send("42[\"message\",\"message to main namespace\"]");

            assertThat(socket.nextButPing()).isEqualTo("42[\"message-back\",\"message to main namespace\"]");
        }
    }

    @Test
    void receivesAnEvent() {
        try (RawSocket socket = connected()) {
            assertThat(socket.send("42[\"message\",1,\"2\",{\"3\":[true]}]").next())
                    .isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true]}]");
        }
    }

    @Test
    void receivesAnEventWithAttachments() {
        try (RawSocket socket = connected()) {
            String args = "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
            socket.send("452-[\"message\"," + args).send(new byte[] {1, 2, 3}).send(new byte[] {4, 5, 6});

            assertThat(socket.nextButPing()).isEqualTo("452-[\"message-back\"," + args);
            assertThat(socket.nextButPing()).isEqualTo(new byte[] {1, 2, 3});
            assertThat(socket.nextButPing()).isEqualTo(new byte[] {4, 5, 6});
        }
    }

    @Test
    void acknowledgesAnEvent() {
        try (RawSocket socket = connected()) {
            assertThat(socket.send("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]")
                            .next())
                    .isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
        }
    }

    @Test
    void acknowledgesAnEventWithAttachments() {
        try (RawSocket socket = connected()) {
            String args = "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
            socket.send("452-789[\"message-with-ack\"," + args)
                    .send(new byte[] {1, 2, 3})
                    .send(new byte[] {4, 5, 6});

            assertThat(socket.nextButPing()).isEqualTo("462-789[" + args);
            assertThat(socket.nextButPing()).isEqualTo(new byte[] {1, 2, 3});
            assertThat(socket.nextButPing()).isEqualTo(new byte[] {4, 5, 6});
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "42{}",
                "42abc[\"message-with-ack\",1,\"2\",{\"3\":[false]}]",
                "42[]",
                "42[1]",
                "42[\"disconnect\"]",
                "40{}",
                "41{}",
                "44{}",
                "43[1]",
                "45999999-[\"message\"]",
                "4299999999999999999999[\"message\"]",
                "42/other,[\"message\"]"
            })
    void closesTheConnectionUponAnInvalidPacket(String packet) {
        try (RawSocket socket = connected()) {
            assertThat(socket.send(packet).awaitClose()).isEqualTo(1002);
        }
    }
}
