package dev.parley.platform.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.events.Block;
import dev.parley.events.Event;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.event.ReceivedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** Another service than message-service, which asks that for the keys. */
class EventOpenerTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final EncryptionSettings SETTINGS = new EncryptionSettings(
            EncryptionSettings.Mode.SERVER,
            null,
            Map.of("k", Base64.getEncoder().encodeToString(AesGcm.newKey())),
            10,
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            10);

    private final KeyManagement management = new ConfiguredKeys(SETTINGS);
    private final ConversationKey stored = ConversationKey.of(
            "c1", "key", management.wrap(AesGcm.newKey(), "c1").block());
    private final DisposableServer messages = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get(
                    "/conversation-keys/c1", (request, response) -> response.header("Content-Type", "application/json")
                            .sendString(Mono.just(JSON.writeValueAsString(stored)))))
            .bindNow();
    private final ContentKeys keys = new ContentKeys(
            new RemoteConversationKeys(WebClient.create("http://127.0.0.1:" + messages.port())),
            management,
            SETTINGS,
            JSON);
    private final EventOpener opened = new EventOpener(keys);

    @AfterEach
    void stop() {
        messages.disposeNow();
    }

    @Test
    void opensTheMessagesOfEventsAndLeavesOtherEventsAlone() {
        MessageSnapshot plain = message("c1");
        MessageSnapshot sealed = keys.unwrapped(stored).block().seal(plain);
        Event other = new MessageHidden("c1", "acme", "u", "m0", 1, null);
        List<ReceivedEvent> batch = List.of(
                received(new MessageCreated(sealed, "t")),
                received(new MessageEdited(sealed)),
                received(new MessageHidden("c1", "acme", "u", "m0", 1, sealed)),
                received(other),
                received(new MessageEdited(plain)));

        assertThat(sealed).isNotEqualTo(plain);
        assertThat(opened.of(batch).block())
                .extracting(ReceivedEvent::data)
                .containsExactly(
                        new MessageCreated(plain, "t"),
                        new MessageEdited(plain),
                        new MessageHidden("c1", "acme", "u", "m0", 1, plain),
                        other,
                        new MessageEdited(plain));
    }

    @Test
    void failsRatherThanShowNothing() {
        MessageSnapshot sealed = keys.unwrapped(stored).block().seal(message("c2"));

        assertThatThrownBy(() ->
                        opened.of(List.of(received(new MessageEdited(sealed)))).block())
                .isInstanceOf(RuntimeException.class);
    }

    private static ReceivedEvent received(Event event) {
        return new ReceivedEvent("e", Instant.EPOCH, event, 0, 0, 0);
    }

    private static MessageSnapshot message(String conversationId) {
        return new MessageSnapshot(
                "m1",
                "acme",
                conversationId,
                1,
                1,
                1,
                new UserSummary("u", "u", "U", null),
                SenderKind.USER,
                null,
                List.of(Block.Text.plain("hello")),
                null,
                List.of(),
                Instant.EPOCH,
                null);
    }
}
