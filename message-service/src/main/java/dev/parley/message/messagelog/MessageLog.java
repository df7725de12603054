package dev.parley.message.messagelog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.message.MessageError;
import dev.parley.message.store.Message;
import dev.parley.platform.error.PlatformError;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Appends messages to their conversations and gives each its position.
 *
 * <p>A message gets its {@code seq} by being stored with it: {@code (conversationId, seq)} is unique, and the next
 * {@code seq} is one more than the highest in the store. So there are no gaps, also not after a crash, and whoever sees a
 * message can see all before it. Several instances may append to one conversation: the one whose {@code seq} is taken reads
 * the end of the log again and goes on from there. Ordinals follow from the message before, in the same write.
 *
 * <p>A message is stored together with its event. An instance that finds that another one appended publishes first what
 * that one may have left unpublished. So the first occurrences of a conversation's messages come in order on the topic.
 */
@Component
public final class MessageLog {

    private final ConversationWriteQueue.Writer writer;
    private final LogSettings settings;
    private final Cache<String, ConversationWriteQueue> queues;

    MessageLog(ConversationWriteQueue.Writer writer, LogSettings settings, MeterRegistry meters) {
        this.writer = writer;
        this.settings = settings;
        this.queues =
                Caffeine.newBuilder().maximumSize(settings.maxWriteQueues()).build();
        Gauge.builder("parley.messages.queues.waiting", this, log -> log.waiting()
                        .count())
                .description("Conversations with messages that wait to be stored")
                .register(meters);
        Gauge.builder("parley.messages.queues.longest", this, log -> log.waiting()
                        .max()
                        .orElse(0))
                .description("Messages that wait to be stored in the conversation with the most of them")
                .register(meters);
    }

    /**
     * Stores a message at the end of its conversation. Once the result is there, the message survives any crash and its
     * event will be published.
     *
     * @return the stored message; that of an earlier call if the sender used the same client id before. Fails with
     *     {@link MessageError#CONVERSATION_BUSY}, or with {@link PlatformError#KEY_REUSED} if the client id is that of
     *     another message
     */
    public Mono<Message> append(NewMessage message) {
        return Mono.deferContextual(
                context -> Objects.requireNonNull(queues.get(message.conversationId(), this::newQueue))
                        .append(message.in(context)));
    }

    private ConversationWriteQueue newQueue(String conversationId) {
        return new ConversationWriteQueue(
                conversationId, writer, settings.maxBatch(), settings.maxQueuedPerConversation());
    }

    /** The lengths of the queues that are not empty. */
    private IntStream waiting() {
        return queues.asMap().values().stream()
                .mapToInt(ConversationWriteQueue::size)
                .filter(size -> size > 0);
    }
}
