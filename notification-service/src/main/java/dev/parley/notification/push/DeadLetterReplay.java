package dev.parley.notification.push;

import dev.parley.notification.deadletter.DeadLetterCodec;
import dev.parley.notification.deadletter.DeadPush;
import dev.parley.notification.provider.ProviderName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Has the dead letters sent again that came since the last time. A push is looked at once more before it is sent, like any other: one
 * that was read meanwhile stays away.
 */
@Component
public final class DeadLetterReplay {

    private static final String GROUP = "notification-service.replay";
    private static final TopicPartition PARTITION = new TopicPartition(DeadLetters.TOPIC, 0);
    private static final Duration POLL = Duration.ofMillis(500);

    /** The rest is for the next time. */
    private static final int MAX_LETTERS = 10_000;

    /**
     * @param letters the dead letters that were read
     * @param replayed the pushes that are sent again; others were replayed before, or are too old to be known
     * @param more whether there are more letters
     */
    public record Replayed(int letters, int replayed, boolean more) {}

    private record Read(List<DeadPush> letters, long next, boolean more) {}

    private final ConsumerFactory<String, byte[]> consumers;
    private final PushStore store;
    private final PushWakeups wakeups;
    private final DeadLetterCodec codec;

    DeadLetterReplay(
            ConsumerFactory<String, byte[]> consumers, PushStore store, PushWakeups wakeups, DeadLetterCodec codec) {
        this.consumers = consumers;
        this.store = store;
        this.wakeups = wakeups;
        this.codec = codec;
    }

    /** What is read is noted after it has been replayed, so a crash in between replays it again, which does no harm. */
    public Mono<Replayed> replay() {
        return Mono.fromCallable(this::read)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(read -> Flux.fromIterable(read.letters())
                        .concatMap(this::revive)
                        .filter(revived -> revived)
                        .count()
                        .flatMap(revived -> done(read, revived.intValue())));
    }

    private Mono<Boolean> revive(DeadPush letter) {
        return Mono.justOrEmpty(ProviderName.named(letter.provider()))
                .flatMap(provider -> store.revive(letter, provider).doOnNext(revived -> {
                    if (revived) {
                        wakeups.wake(provider);
                    }
                }));
    }

    private Read read() {
        try (Consumer<String, byte[]> consumer = consumers.createConsumer(GROUP, "")) {
            consumer.assign(List.of(PARTITION));
            OffsetAndMetadata committed = consumer.committed(Set.of(PARTITION)).get(PARTITION);
            if (committed == null) {
                consumer.seekToBeginning(List.of(PARTITION));
            } else {
                consumer.seek(PARTITION, committed.offset());
            }
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(PARTITION)).get(PARTITION));
            List<DeadPush> letters = new ArrayList<>();
            while (consumer.position(PARTITION) < end && letters.size() < MAX_LETTERS) {
                for (ConsumerRecord<String, byte[]> letter : consumer.poll(POLL)) {
                    letters.add(codec.read(letter.value()));
                }
            }
            long next = consumer.position(PARTITION);
            return new Read(letters, next, next < end);
        }
    }

    private Mono<Replayed> done(Read read, int replayed) {
        return Mono.fromCallable(() -> {
                    try (Consumer<String, byte[]> consumer = consumers.createConsumer(GROUP, "")) {
                        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(read.next())));
                    }
                    return new Replayed(read.letters().size(), replayed, read.more());
                })
                .subscribeOn(Schedulers.boundedElastic());
    }
}
