package dev.parley.message.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessagePosition;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.outbox.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
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

    private static final Logger log = LoggerFactory.getLogger(MessageLog.class);
    private static final int MAX_QUEUES = 50_000;
    private static final int MAX_CATCH_UP = 1_000;
    private static final int MAX_LOOKED_UP_AT_ONCE = 8;

    private final MessageStore store;
    private final Outbox outbox;
    private final EventCodec events;
    private final MessageEncryption encryption;
    private final MessageSettings settings;
    private final Cache<String, ConversationWriteQueue> queues =
            Caffeine.newBuilder().maximumSize(MAX_QUEUES).build();

    MessageLog(
            MessageStore store,
            Outbox outbox,
            EventCodec events,
            MessageSettings settings,
            MessageEncryption encryption) {
        this.store = store;
        this.outbox = outbox;
        this.events = events;
        this.settings = settings;
        this.encryption = encryption;
    }

    /**
     * Stores a message at the end of its conversation. Once the result is there, the message survives any crash and its
     * event will be published.
     *
     * @return the stored message; that of an earlier call if the sender used the same client id before. Fails with
     *     {@link MessageError#CONVERSATION_BUSY}, or with {@link MessageError#CLIENT_ID_REUSED} if the client id is that of
     *     a message in another conversation
     */
    public Mono<Message> append(NewMessage message) {
        return Mono.defer(() -> Objects.requireNonNull(queues.get(message.conversationId(), this::newQueue))
                .append(message));
    }

    private ConversationWriteQueue newQueue(String conversationId) {
        return new ConversationWriteQueue(
                conversationId, this::write, settings.maxBatch(), settings.maxQueuedPerConversation());
    }

    private Mono<Void> write(ConversationWriteQueue queue, List<ConversationWriteQueue.Entry> batch) {
        return writeFrom(queue, batch, 0);
    }

    private Mono<Void> writeFrom(ConversationWriteQueue queue, List<ConversationWriteQueue.Entry> batch, int from) {
        if (from >= batch.size()) {
            return Mono.empty();
        }
        List<NewMessage> messages = batch.subList(from, batch.size()).stream()
                .map(ConversationWriteQueue.Entry::message)
                .toList();
        return encryption.of(queue.conversationId()).flatMap(sealer -> end(queue)
                .flatMap(end -> lastOrdinals(queue, end, messages).flatMap(lastOrdinals -> {
                    List<Message> positioned = new ArrayList<>();
                    for (MessagePosition position : end.next(messages, lastOrdinals)) {
                        positioned.add(messages.get(positioned.size()).at(position, events, sealer));
                    }
                    return store.insertWhilePossible(positioned, sealer).flatMap(count -> {
                        List<Message> stored = positioned.subList(0, count);
                        stored.forEach(end::advanceTo);
                        Mono<Void> published = publish(queue, stored);
                        // The senders are answered while the events are on their way.
                        for (int i = 0; i < count; i++) {
                            batch.get(from + i).result().tryEmitValue(stored.get(i));
                        }
                        return from + count == batch.size()
                                ? published
                                : published.then(settle(queue, batch, from + count));
                    });
                })));
    }

    private Mono<LogEnd> end(ConversationWriteQueue queue) {
        LogEnd known = queue.end();
        return known != null
                ? Mono.just(known)
                : store.newest(queue.conversationId())
                        .map(newest ->
                                new LogEnd(newest.seq(), newest.position().ordinal()))
                        .defaultIfEmpty(new LogEnd(0, 0))
                        .doOnNext(queue::found);
    }

    /** The last ordinal of each sender of the messages. */
    private Mono<Map<String, Long>> lastOrdinals(ConversationWriteQueue queue, LogEnd end, List<NewMessage> messages) {
        Set<String> senders =
                messages.stream().map(message -> message.sender().id()).collect(Collectors.toSet());
        Map<String, Long> known = end.senderOrdinals(senders);
        senders.removeAll(known.keySet());
        return Flux.fromIterable(senders)
                .flatMap(
                        sender -> store.newestOf(queue.conversationId(), sender, end.seq())
                                .map(newest -> newest.position().senderOrdinal())
                                .defaultIfEmpty(0L)
                                .map(ordinal -> Map.entry(sender, ordinal)),
                        MAX_LOOKED_UP_AT_ONCE)
                .doOnNext(found -> known.put(found.getKey(), found.getValue()))
                .then(Mono.just(known));
    }

    /** The store refused a message: it is a repeated send, or somebody else has taken its {@code seq}. */
    private Mono<Void> settle(ConversationWriteQueue queue, List<ConversationWriteQueue.Entry> batch, int refused) {
        ConversationWriteQueue.Entry entry = batch.get(refused);
        String clientKey = entry.message().clientKey();
        Mono<Message> earlier = clientKey == null ? Mono.empty() : store.byClientKey(clientKey);
        return earlier.map(message -> {
                    answerRepeated(entry, message);
                    return refused + 1;
                })
                .switchIfEmpty(Mono.fromSupplier(() -> {
                    queue.forgetEnd();
                    return refused;
                }))
                .flatMap(next -> writeFrom(queue, batch, next));
    }

    private static void answerRepeated(ConversationWriteQueue.Entry entry, Message earlier) {
        if (earlier.conversationId().equals(entry.message().conversationId())) {
            entry.result().tryEmitValue(earlier);
        } else {
            entry.result()
                    .tryEmitError(ApiException.of(
                            MessageError.CLIENT_ID_REUSED, "This client id was used in another conversation"));
        }
    }

    /**
     * Publishes the events of stored messages without waiting for the broker, so that no sender waits or fails because
     * Kafka is away. What fails is published by a later catch-up or by the sweeper of the outbox.
     */
    private Mono<Void> publish(ConversationWriteQueue queue, List<Message> stored) {
        if (!queue.isBehind()) {
            stored.forEach(message -> publish(queue, message));
            return Mono.empty();
        }
        if (!queue.mayCatchUp()) {
            return Mono.empty();
        }
        return store.unpublished(queue.conversationId(), MAX_CATCH_UP)
                .collectList()
                .doOnNext(left -> {
                    if (left.size() < MAX_CATCH_UP) {
                        queue.caughtUp();
                    }
                    left.forEach(message -> publish(queue, message));
                })
                .then();
    }

    private void publish(ConversationWriteQueue queue, Message message) {
        outbox.publish(MessageStore.OUTBOX, message.id(), message.pendingEvents())
                .subscribe(nothing -> {}, failure -> {
                    log.warn(
                            "Could not publish message {} of conversation {} yet",
                            message.seq(),
                            queue.conversationId(),
                            failure);
                    queue.fallBehind();
                });
    }
}
