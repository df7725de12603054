package dev.parley.conversation;

import dev.parley.events.ConversationEvent;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Changes conversations together with the events that tell of it: one write, so that neither is ever without the other. */
@Component
public final class ConversationUpdates {

    private static final Logger log = LoggerFactory.getLogger(ConversationUpdates.class);
    private static final Duration MAX_WAIT_FOR_BROKER = Duration.ofSeconds(2);

    private final ReactiveMongoTemplate mongo;
    private final Outbox outbox;
    private final EventCodec codec;

    ConversationUpdates(ReactiveMongoTemplate mongo, Outbox outbox, EventCodec codec) {
        this.mongo = mongo;
        this.outbox = outbox;
        this.codec = codec;
    }

    /**
     * Changes the conversation that the query finds, if it finds one, and publishes what it has not published yet.
     *
     * @param events at least one
     * @return the conversation afterwards; empty if there is none
     */
    public Mono<Conversation> update(Query query, Update update, List<? extends ConversationEvent> events) {
        Instant now = now();
        Mono<Conversation> changing = Mono.deferContextual(context -> {
            Object[] pending = events.stream()
                    .map(event -> pending(event, now).in(context))
                    .toArray();
            update.push(OutboxSource.EVENTS).each(pending).min(OutboxSource.SINCE, now);
            return mongo.findAndModify(
                    query, update, FindAndModifyOptions.options().returnNew(true), Conversation.class);
        });
        return changing.doOnNext(
                changed -> outbox.publishSoon(ConversationStore.OUTBOX, changed.id(), unpublished(changed)));
    }

    /** An event for the outbox of a new conversation. */
    public PendingEvent pending(ConversationEvent event, Instant now) {
        return codec.pending(event, 0, now);
    }

    /**
     * Publishes that a conversation was created, so that others know it before its first message is sent. While the broker
     * is away, this does not wait for it.
     */
    public Mono<Void> announce(Conversation created) {
        return outbox.publish(ConversationStore.OUTBOX, created.id(), unpublished(created))
                .timeout(MAX_WAIT_FOR_BROKER)
                .onErrorResume(failure -> {
                    log.warn("The creation of conversation {} is not published yet", created.id(), failure);
                    return Mono.empty();
                });
    }

    /** The events that a conversation may not have published yet, in their order. */
    private static List<PendingEvent> unpublished(Conversation conversation) {
        return Objects.requireNonNullElse(conversation.outbox(), List.of());
    }

    /** As exact as the store keeps it. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
