package dev.parley.notification.preference;

import dev.parley.events.Topics;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Keeps preferences closed until all that were published before this service started have been read. Else somebody whose
 * preferences are still to come would seem to have none, and a change would begin again at the first revision and be lost under the earlier ones.
 */
@Component
class TakeoverGate implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TakeoverGate.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Shorter than {@code parley.requests.time-limit}, whose end says nothing of why. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final KafkaAdmin admin;
    private final Sinks.One<Boolean> open = Sinks.one();
    private volatile Disposable running = Disposables.disposed();

    TakeoverGate(KafkaAdmin admin) {
        this.admin = admin;
    }

    /** Completes when all is read; fails with {@link PlatformError#UNAVAILABLE} if that takes too long to wait for. */
    Mono<Void> opened() {
        return open.asMono()
                .timeout(
                        LONGEST_WAIT,
                        Mono.error(() -> ApiException.retryLater(
                                PlatformError.UNAVAILABLE, "Preferences are still being taken over", TRY_AGAIN)))
                .then();
    }

    @Override
    public void start() {
        running = Mono.using(
                        () -> Admin.create(admin.getConfigurationProperties()),
                        TakeoverGate::untilRead,
                        client -> client.close(Duration.ZERO))
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .doBeforeRetry(retry -> log.warn(
                                "It cannot be told whether all preferences are read; it is tried again: {}",
                                retry.failure().toString())))
                .subscribe(read -> open.tryEmitValue(true));
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    /** What is published after this began is not waited for: it comes from this service, or is a change of this moment. */
    private static Mono<Boolean> untilRead(Admin client) {
        return partitions(client)
                .flatMap(partitions -> Mono.zip(
                        offsets(client, partitions, OffsetSpec.earliest()),
                        offsets(client, partitions, OffsetSpec.latest())))
                .flatMap(range -> committed(client)
                        .map(read -> isRead(range.getT1(), range.getT2(), read))
                        .filter(done -> done)
                        .repeatWhenEmpty(tries -> tries.delayElements(PAUSE, Schedulers.boundedElastic())));
    }

    private static boolean isRead(
            Map<TopicPartition, Long> first,
            Map<TopicPartition, Long> end,
            Map<TopicPartition, OffsetAndMetadata> read) {
        return end.entrySet().stream().allMatch(partition -> {
            OffsetAndMetadata position = read.get(partition.getKey());
            long next = position == null ? first.getOrDefault(partition.getKey(), 0L) : position.offset();
            return next >= partition.getValue();
        });
    }

    private static Mono<List<TopicPartition>> partitions(Admin client) {
        return result(client.describeTopics(List.of(Topics.PREFERENCES)).allTopicNames())
                .map(topics -> partitionsOf(topics.values()));
    }

    private static List<TopicPartition> partitionsOf(Collection<TopicDescription> topics) {
        return topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private static Mono<Map<TopicPartition, Long>> offsets(
            Admin client, List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        return result(client.listOffsets(asked).all()).map(found -> found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> offset(each.getValue()))));
    }

    private static long offset(ListOffsetsResultInfo found) {
        return found.offset();
    }

    private static Mono<Map<TopicPartition, OffsetAndMetadata>> committed(Admin client) {
        return result(client.listConsumerGroupOffsets(PreferenceTakeover.GROUP).partitionsToOffsetAndMetadata());
    }

    /** Goes on elsewhere than on the client's own thread, which cannot wait for its own end when the client is closed. */
    private static <T> Mono<T> result(KafkaFuture<T> future) {
        return Mono.fromCompletionStage(future.toCompletionStage()).publishOn(Schedulers.boundedElastic());
    }
}
