package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.MessageCreated;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.test.TestTokens;
import dev.parley.presence.transport.RawSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;

/** At the levels at which services log: what people write stands in no line, whatever becomes of it. */
@ExtendWith(OutputCaptureExtension.class)
class LoggedContentTest extends ChatServiceTest {

    private static final String CONTENT = "for-nobody-else";

    @Test
    void nothingOfACommandIsLogged(CapturedOutput output) {
        Device phone = connect(alice);

        phone.succeed("send_message", Map.of("conversationId", conversation, "text", CONTENT, "tempId", CONTENT));
        phone.fail("send_message", Map.of("conversationId", StubServices.FOREIGN, "text", CONTENT));
        phone.fail("update_message", Map.of("messageId", StubServices.FOREIGN, "text", CONTENT));
        phone.fail("send_message", CONTENT);
        SERVICES.arrives = uri -> uri.contains("unexpected") ? Mono.error(new IllegalStateException()) : Mono.empty();
        try {
            phone.fail("update_message", Map.of("messageId", "unexpected", "text", CONTENT));
        } finally {
            SERVICES.arrives = uri -> Mono.empty();
        }

        assertThat(output).contains("Error starting response").doesNotContain(CONTENT);
    }

    @Test
    void nothingOfABadPacketIsLogged(CapturedOutput output) {
        for (String packet : List.of(
                "42/chat,[\"send_message\",{\"text\":\"" + CONTENT + "\"",
                "42/chat,[\"send_message\"," + CONTENT + "]",
                "42/chat,{\"" + CONTENT + "\":1}",
                "49/chat,[\"" + CONTENT + "\"]",
                "7" + CONTENT)) {
            RawSocket socket =
                    RawSocket.open(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"));
            socket.next();
            socket.send("40/chat,{\"token\":\"" + TestTokens.tokenFor(alice, TENANT) + "\"}");
            assertThat((String) socket.nextButPing()).startsWith("40/chat");
            socket.send(packet);
            socket.awaitClose();
        }

        assertThat(output).doesNotContain(CONTENT);
    }

    /** One that no renderer can show, and one that nobody can read. */
    @Test
    void nothingOfAnEventThatCannotBeShownIsLogged(CapturedOutput output) {
        Device phone = connect(bob);
        MessageCreated message = message(alice, 1, Block.Text.plain(CONTENT));
        PendingEvent whole = pending(message);
        String sender = "\"sender\":{\"id\":\"" + alice + "\"";
        assertThat(whole.data()).contains(sender);

        publishAgain(
                with(whole, "1", whole.data().replace(sender, "\"from\":{\"id\":\"" + alice + "\"")),
                with(whole, "2", whole.data().replaceFirst("\"seq\":\\d+", "\"seq\":\"" + CONTENT + "\"")),
                with(whole, "3", whole.data().replaceFirst("\"createdAt\":\"[^\"]+", "\"createdAt\":\"" + CONTENT)),
                with(whole, "4", CONTENT));
        settle(phone);

        assertThat(output).contains("Skipped").doesNotContain(CONTENT);
    }

    private static PendingEvent with(PendingEvent event, String id, String data) {
        return new PendingEvent(
                event.id() + id, event.type(), event.topic(), event.key(), event.order(), event.time(), data, null);
    }
}
