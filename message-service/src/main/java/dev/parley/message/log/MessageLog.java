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
 * Gives messages their place and stores them.
 *
 * <p>A place is taken by storing the message there: {@code (conversationId, seq)} is unique, and {@code seq} is one more
 * than the highest that was seen stored. So there are no gaps, also not after a crash, and whoever sees a message can
 * see all before it. Several instances may write in one conversation: the one that finds its place taken looks again.
 *
 * <p>Its ordinals are allocated by the same rule: they follow from the messages that were seen stored, and hold because the
 * place after those was free.
 *
 * <p>A message is stored together with its event. Before an instance that others interleave with publishes, it publishes
 * what they left unpublished before it, so that on the topic the first occurrence of each message comes in order.
 */
@Component
public final class MessageLog {

    private static final Logger log = LoggerFactory.getLogger(MessageLog.class);
    private static final int MAX_LANES = 50_000;
    private static final int MAX_CATCH_UP = 1_000;
    private static final int MAX_LOOKED_UP_AT_ONCE = 8;

    private final MessageStore store;
    private final Outbox outbox;
    private final EventCodec events;
    private final MessageEncryption encryption;
    private final MessageSettings settings;
    private final Cache<String, ConversationWriteQueue> lanes =
            Caffeine.newBuilder().maximumSize(MAX_LANES).build();

    MessageLog(
            MessageStore store,
            Outbox outbox,
            EventCodec events,
            MessageSettings settings,
            MessageEncryption encryption) {
        this.encryption = encryption;
        this.store = store;
        this.outbox = outbox;
        this.events = events;
        this.settings = settings;
    }

    /**
     * Stores a message at the end of its conversation. When the result is there the message will survive any crash, and
     * its event will be published.
     *
     * @return the stored message: of an earlier call, if the sender used the same client id before
     */
    public Mono<Message> append(NewMessage draft) {
        return Mono.defer(() -> Objects.requireNonNull(lanes.get(draft.conversationId(), this::newLane))
                .append(draft));
    }

    private ConversationWriteQueue newLane(String conversationId) {
        return new ConversationWriteQueue(
                conversationId, this::write, settings.maxBatch(), settings.maxQueuedPerConversation());
    }

    private Mono<Void> write(ConversationWriteQueue lane, List<ConversationWriteQueue.Append> batch) {
        return writeFrom(lane, batch, 0);
    }

    private Mono<LogEnd> head(ConversationWriteQueue lane) {
        LogEnd known = lane.head();
        return known != null
                ? Mono.just(known)
                : store.newest(lane.conversationId())
                        .map(newest -> new LogEnd(newest.seq(), newest.ordinal()))
                        .defaultIfEmpty(new LogEnd(0, 0))
                        .doOnNext(lane::found);
    }

    /** How many messages that count each of the senders wrote up to the head. */
    private Mono<Map<String, Long>> wrote(ConversationWriteQueue lane, LogEnd head, List<NewMessage> drafts) {
        Set<String> senders = drafts.stream().map(draft -> draft.sender().id()).collect(Collectors.toSet());
        Map<String, Long> known = head.known(senders);
        senders.removeAll(known.keySet());
        return Flux.fromIterable(senders)
                .flatMap(
                        sender -> store.newestOf(lane.conversationId(), sender, head.seq())
                                .map(Message::senderOrdinal)
                                .defaultIfEmpty(0L)
                                .map(ordinal -> Map.entry(sender, ordinal)),
                        MAX_LOOKED_UP_AT_ONCE)
                .doOnNext(found -> known.put(found.getKey(), found.getValue()))
                .then(Mono.just(known));
    }

    private Mono<Void> writeFrom(ConversationWriteQueue lane, List<ConversationWriteQueue.Append> batch, int from) {
        if (from >= batch.size()) {
            return Mono.empty();
        }
        List<NewMessage> drafts = batch.subList(from, batch.size()).stream()
                .map(ConversationWriteQueue.Append::draft)
                .toList();
        return encryption.of(lane.conversationId()).flatMap(encryptor -> head(lane)
                .flatMap(head -> wrote(lane, head, drafts).flatMap(wrote -> {
                    List<Message> messages = new ArrayList<>();
                    for (MessagePosition place : head.places(drafts, wrote)) {
                        messages.add(drafts.get(messages.size()).at(place, events, encryptor));
                    }
                    return store.insertWhilePossible(messages, encryptor).flatMap(count -> {
                        List<Message> stored = messages.subList(0, count);
                        stored.forEach(head::advanceTo);
                        Mono<Void> published = publish(lane, stored);
                        // The answers are made while the events are on their way.
                        for (int i = 0; i < count; i++) {
                            batch.get(from + i).result().tryEmitValue(stored.get(i));
                        }
                        return from + count == batch.size()
                                ? published
                                : published.then(settle(lane, batch, from + count));
                    });
                })));
    }

    /** The draft was refused: it is stored already, or somebody else has taken its place. */
    private Mono<Void> settle(ConversationWriteQueue lane, List<ConversationWriteQueue.Append> batch, int refused) {
        ConversationWriteQueue.Append append = batch.get(refused);
        String clientKey = append.draft().clientKey();
        Mono<Message> earlier = clientKey == null ? Mono.empty() : store.byClientKey(clientKey);
        return earlier.map(message -> {
                    answerAgain(append, message);
                    return refused + 1;
                })
                .switchIfEmpty(Mono.fromSupplier(() -> {
                    lane.forgetHead();
                    return refused;
                }))
                .flatMap(next -> writeFrom(lane, batch, next));
    }

    private static void answerAgain(ConversationWriteQueue.Append append, Message earlier) {
        if (earlier.conversationId().equals(append.draft().conversationId())) {
            append.result().tryEmitValue(earlier);
        } else {
            append.result()
                    .tryEmitError(ApiException.of(
                            MessageError.TEMP_ID_REUSED, "This tempId was used in another conversation"));
        }
    }

    /**
     * SendHandler the events of stored messages on their way, without waiting for the broker: what a failure leaves is published
     * by a later catch-up or by the sweeper, so no sender waits or fails because Kafka is away.
     */
    private Mono<Void> publish(ConversationWriteQueue lane, List<Message> stored) {
        if (!lane.isBehind()) {
            stored.forEach(message -> publish(lane, message));
            return Mono.empty();
        }
        if (!lane.mayCatchUp()) {
            return Mono.empty();
        }
        return store.unpublished(lane.conversationId(), MAX_CATCH_UP)
                .collectList()
                .doOnNext(left -> {
                    if (left.size() < MAX_CATCH_UP) {
                        lane.caughtUp();
                    }
                    left.forEach(message -> publish(lane, message));
                })
                .then();
    }

    private void publish(ConversationWriteQueue lane, Message message) {
        outbox.publish(MessageStore.OUTBOX, message.id(), Objects.requireNonNullElse(message.outbox(), List.of()))
                .subscribe(nothing -> {}, failure -> {
                    log.warn("Not published yet: {} of {}", message.seq(), lane.conversationId(), failure);
                    lane.fallBehind();
                });
    }
}
