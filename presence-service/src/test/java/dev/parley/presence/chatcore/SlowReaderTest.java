package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Event;
import dev.parley.platform.test.RecoveringClient;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import dev.parley.presence.transport.RawSocket;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that does not read loses its connection, and nothing else; nobody else notices. */
@ExtendWith(OutputCaptureExtension.class)
class SlowReaderTest extends RecoveryTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TEXT = "long ".repeat(4_000);
    private static final int MESSAGES = 1_200;
    private static final int AT_ONCE = 50;
    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private MeterRegistry meters;

    private final List<Long> received = new ArrayList<>();
    private final Map<String, String> auth = new HashMap<>();

    @Test
    void receivesWhatItDidNotReadWhenItReconnects(CapturedOutput output) {
        auth.put("token", TestTokens.tokenFor(alice, TENANT));
        RecoveringClient bobPhone = connected(bob);
        RawSocket slow = open();
        String pid = auth.get("pid");
        publishAndAwait(1, bobPhone);
        while (received.size() < AT_ONCE) {
            hear((String) slow.nextButPing());
        }
        slow.stopReading();
        double before = slowReaders();

        for (int first = 1 + AT_ONCE; first <= MESSAGES; first += AT_ONCE) {
            publishAndAwait(first, bobPhone);
        }
        Until.satisfied(() -> assertThat(slowReaders()).isGreaterThan(before));
        slow.abort();

        RawSocket back = open();
        assertThat(auth.get("pid")).isEqualTo(pid);
        while (received.size() < MESSAGES) {
            hear((String) back.nextButPing());
        }
        back.close();

        assertThat(output).doesNotContain("long long");
        assertThat(received)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, MESSAGES)
                        .mapToObj(seq -> (long) seq)
                        .toList());
    }

    /** Returns when who reads has been told, which is soon. */
    private void publishAndAwait(int first, RecoveringClient reader) {
        int last = first + AT_ONCE - 1;
        publish(IntStream.rangeClosed(first, last)
                .mapToObj(seq -> in(conversation, message(bob, seq, Block.Text.plain(TEXT))))
                .toArray(Event[]::new));
        long published = System.nanoTime();
        reader.await("new_message", last);
        assertThat(System.nanoTime() - published).isLessThan(SOON.toNanos());
    }

    private RawSocket open() {
        RawSocket socket =
                RawSocket.open(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"));
        socket.next();
        socket.send("40/chat," + JSON.writeValueAsString(auth));
        JsonNode reply = JSON.readTree(((String) socket.nextButPing()).substring("40/chat,".length()));
        auth.put("pid", reply.path("pid").asString());
        if (!auth.containsKey("offset")) {
            hear((String) socket.nextButPing());
        }
        return socket;
    }

    private void hear(String packet) {
        if (!packet.startsWith("42/chat,")) {
            return;
        }
        JsonNode event = JSON.readTree(packet.substring("42/chat,".length()));
        JsonNode last = event.get(event.size() - 1);
        if (event.size() > 1 && last.isString()) {
            auth.put("offset", last.asString());
        }
        if (event.get(0).asString().equals("new_message")) {
            received.add(event.get(1).path("message").path("seq").asLong());
        }
    }

    private double slowReaders() {
        return meters.get("parley.sockets.closed")
                .tag("reason", "slow-reader")
                .counter()
                .count();
    }
}
