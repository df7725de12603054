package dev.parley.message.messagelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.events.Block;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.message.MessageError;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessagePosition;
import dev.parley.message.store.MessageSender;
import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ConversationWriteQueueTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final List<List<String>> batches = new ArrayList<>();
    private final Sinks.Empty<Void> firstWrite = Sinks.empty();

    private Mono<Void> write(ConversationWriteQueue queue, List<ConversationWriteQueue.Entry> batch) {
        batches.add(batch.stream().map(entry -> entry.message().id()).toList());
        Mono<Void> answers =
                Mono.fromRunnable(() -> batch.forEach(entry -> entry.result().tryEmitValue(stored(entry.message()))));
        return batches.size() == 1 ? firstWrite.asMono().then(answers) : answers;
    }

    @Test
    void writesTogetherWhatCameDuringAWrite() {
        ConversationWriteQueue queue = new ConversationWriteQueue("conversation", this::write, 2, 10);
        List<Mono<Message>> results = new ArrayList<>();
        for (String id : List.of("1", "2", "3", "4")) {
            results.add(queue.append(message(id)));
        }
        assertThat(queue.size()).isEqualTo(3);

        firstWrite.tryEmitEmpty();

        assertThat(batches).containsExactly(List.of("1"), List.of("2", "3"), List.of("4"));
        assertThat(results).extracting(result -> result.block(LONGEST).id()).containsExactly("1", "2", "3", "4");
        assertThat(queue.size()).isZero();
    }

    @Test
    void refusesWhatThereIsNoRoomFor() {
        ConversationWriteQueue queue = new ConversationWriteQueue("conversation", this::write, 2, 1);
        queue.append(message("1"));
        queue.append(message("2"));

        assertThatThrownBy(() -> queue.append(message("3")).block(LONGEST))
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.code())
                        .isEqualTo(MessageError.CONVERSATION_BUSY));
    }

    @Test
    void goesOnAfterAWriterThatThrows() {
        ConversationWriteQueue queue = new ConversationWriteQueue(
                "conversation",
                (self, batch) -> {
                    if (batches.isEmpty()) {
                        batches.add(List.of());
                        throw new IllegalStateException("no key");
                    }
                    return Mono.fromRunnable(
                            () -> batch.forEach(entry -> entry.result().tryEmitValue(stored(entry.message()))));
                },
                2,
                10);

        assertThatThrownBy(() -> queue.append(message("1")).block(LONGEST)).hasMessage("no key");
        assertThat(queue.append(message("2")).block(LONGEST).id()).isEqualTo("2");
    }

    @Test
    void measuresHowManyConversationsWaitAndTheLongestQueue() {
        MeterRegistry meters = new SimpleMeterRegistry();
        MessageLog log = new MessageLog((queue, batch) -> Mono.never(), new LogSettings(64, 10, 100), meters);
        log.append(message("1", "written")).subscribe();
        for (String id : List.of("2", "3", "4")) {
            log.append(message(id, "busy")).subscribe();
        }
        log.append(message("5", "other")).subscribe();
        log.append(message("6", "other")).subscribe();

        assertThat(meters.get("parley.messages.queues.waiting").gauge().value()).isEqualTo(2);
        assertThat(meters.get("parley.messages.queues.longest").gauge().value()).isEqualTo(2);
    }

    private static NewMessage message(String id) {
        return message(id, "conversation");
    }

    private static NewMessage message(String id, String conversationId) {
        return new NewMessage(
                id,
                "acme",
                conversationId,
                new UserSummary("user", "user", "User", null),
                SenderKind.USER,
                null,
                new MessageContent(null, List.of(Block.Text.plain("hello")), null),
                List.of(),
                null,
                null);
    }

    private static Message stored(NewMessage message) {
        return new Message(
                message.id(),
                message.tenantId(),
                message.conversationId(),
                new MessagePosition(1, 1, 1),
                new MessageSender(message.sender().id(), message.senderKind(), null, null, null),
                message.content(),
                message.mentions(),
                Instant.EPOCH,
                null,
                null,
                null);
    }
}
