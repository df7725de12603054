package dev.parley.conversation.projection;

import dev.parley.conversation.RecentChanges;
import dev.parley.conversation.messageservice.MessageServiceClient;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks message-service for the events of conversations that this service may not have heard of, and handles them at once, as
 * they will be handled when they come. If message-service does not answer in time, the door stays open: a list that may lack the
 * last moment is better than none.
 */
@Component
final class CatchUp implements RecentChanges {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    /** Conversations in one question. */
    private static final int MAX_ASKED = 1_000;

    private static final int MAX_QUESTIONS_AT_ONCE = 4;

    private final MessageServiceClient messageService;
    private final EventProjection projection;
    private final HandledEvents handled;
    private final EventCodec codec;
    private final CatchUpSettings settings;
    private final Counter caughtUp;

    CatchUp(
            MessageServiceClient messageService,
            EventProjection projection,
            HandledEvents handled,
            EventCodec codec,
            CatchUpSettings settings,
            MeterRegistry meters) {
        this.messageService = messageService;
        this.projection = projection;
        this.handled = handled;
        this.codec = codec;
        this.settings = settings;
        this.caughtUp = Counter.builder("parley.conversations.caught-up")
                .description("Events that were handled for a list or a count, before they came")
                .register(meters);
    }

    @Override
    public <T> Mono<T> upToDate(String userId, Mono<T> state, Function<T, Map<String, Long>> positions) {
        return Mono.defer(() -> {
            long begun = System.nanoTime();
            return state.flatMap(read ->
                    isBehind(userId, positions.apply(read), begun).flatMap(behind -> behind ? state : Mono.just(read)));
        });
    }

    /** Also true where message-service does not answer: what came while it was asked was told to the user already. */
    private Mono<Boolean> isBehind(String userId, Map<String, Long> positions, long readAfter) {
        return Flux.fromIterable(positions.entrySet())
                .buffer(MAX_ASKED)
                .flatMap(some -> messageService.recentEvents(userId, some), MAX_QUESTIONS_AT_ONCE)
                .flatMapIterable(events -> events)
                .filter(event -> !handled.wasHandledBefore(event.id(), readAfter))
                .collectList()
                .flatMap(news -> handle(news).thenReturn(!news.isEmpty()))
                .timeout(settings.timeout())
                .onErrorResume(failure -> {
                    log.warn("A list may not be up to date: {}", failure.toString());
                    return Mono.just(true);
                });
    }

    /** What was handled since the state was read has to be read, and not to be handled again. */
    private Mono<Void> handle(List<PendingEvent> news) {
        List<PendingEvent> unhandled =
                news.stream().filter(event -> !handled.contains(event.id())).toList();
        return unhandled.isEmpty()
                ? Mono.empty()
                : projection
                        .project(unhandled.stream()
                                .flatMap(event -> codec.read(event).stream())
                                .toList())
                        .doOnSuccess(done -> caughtUp.increment(unhandled.size()));
    }
}
