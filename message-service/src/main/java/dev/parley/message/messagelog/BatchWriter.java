package dev.parley.message.messagelog;

import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.messagelog.ConversationWriteQueue.Entry;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessagePosition;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.encryption.ContentFingerprint;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.event.EventCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives the messages of a batch their positions, stores them, answers their senders, and has their events published. */
@Component
final class BatchWriter implements ConversationWriteQueue.Writer {

    private static final int MAX_LOOKED_UP_AT_ONCE = 8;

    private final MessageStore store;
    private final EventCodec events;
    private final MessageEncryption encryption;
    private final OrderedPublisher publisher;
    private final Counter appended;
    private final Counter repeated;

    BatchWriter(
            MessageStore store,
            EventCodec events,
            MessageEncryption encryption,
            OrderedPublisher publisher,
            MeterRegistry meters) {
        this.store = store;
        this.events = events;
        this.encryption = encryption;
        this.publisher = publisher;
        this.appended = Counter.builder("parley.messages.appended")
                .description("Messages that this instance stored, system messages included")
                .register(meters);
        this.repeated = Counter.builder("parley.messages.repeated")
                .description("Repeated sends that were answered with the message of the first")
                .register(meters);
    }

    @Override
    public Mono<Void> write(ConversationWriteQueue queue, List<Entry> batch) {
        return writeFrom(queue, batch, 0);
    }

    private Mono<Void> writeFrom(ConversationWriteQueue queue, List<Entry> batch, int from) {
        if (from >= batch.size()) {
            return Mono.empty();
        }
        List<NewMessage> messages =
                batch.subList(from, batch.size()).stream().map(Entry::message).toList();
        return encryption.of(queue.conversationId()).flatMap(sealer -> end(queue)
                .flatMap(end -> lastOrdinals(queue, end, messages).flatMap(lastOrdinals -> {
                    List<Message> positioned = new ArrayList<>();
                    for (MessagePosition position : end.next(messages, lastOrdinals)) {
                        positioned.add(messages.get(positioned.size()).at(position, events, sealer));
                    }
                    return store.insertWhilePossible(positioned, sealer).flatMap(count -> {
                        List<Message> stored = positioned.subList(0, count);
                        stored.forEach(end::advanceTo);
                        appended.increment(count);
                        Mono<Void> published = publisher.publish(queue, stored);
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
    private Mono<Void> settle(ConversationWriteQueue queue, List<Entry> batch, int refused) {
        Entry entry = batch.get(refused);
        String clientKey = entry.message().clientKey();
        Mono<Message> earlier = clientKey == null ? Mono.empty() : store.byClientKey(clientKey);
        return earlier.flatMap(message -> isSame(entry.message(), message).map(same -> {
                    answerRepeated(entry, message, same);
                    return refused + 1;
                }))
                .switchIfEmpty(Mono.fromSupplier(() -> {
                    queue.forgetEnd();
                    return refused;
                }))
                .flatMap(next -> writeFrom(queue, batch, next));
    }

    /** Of a message from before there were fingerprints only the conversation is known. */
    private Mono<Boolean> isSame(NewMessage message, Message earlier) {
        if (!earlier.conversationId().equals(message.conversationId())) {
            return Mono.just(false);
        }
        String known = earlier.sender().fingerprint();
        return known == null
                ? Mono.just(true)
                : encryption
                        .storedForms(
                                message.conversationId(),
                                List.of(ContentFingerprint.of(message.conversationId(), message.content())))
                        .any(forms -> forms.contains(known));
    }

    private void answerRepeated(Entry entry, Message earlier, boolean same) {
        if (same) {
            repeated.increment();
            entry.result().tryEmitValue(earlier);
        } else {
            entry.result()
                    .tryEmitError(ApiException.of(PlatformError.KEY_REUSED, "Another message was sent with this key"));
        }
    }
}
