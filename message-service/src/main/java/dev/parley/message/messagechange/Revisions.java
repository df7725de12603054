package dev.parley.message.messagechange;

import dev.parley.events.EventCatalogue;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.UserSummary;
import dev.parley.message.MessageError;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.security.Caller;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Changes stored messages.
 *
 * <p>A change is decided by the message as it was read, and written together with its event only if nobody else changed the
 * message meanwhile; otherwise it is decided again. So concurrent changes all take effect one after the other, and each
 * event holds the message as it was after its own change.
 */
@Component
public final class Revisions {

    private static final Logger log = LoggerFactory.getLogger(Revisions.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_CATCH_UP = 1_000;
    private static final OptimisticUpdate UPDATE =
            new OptimisticUpdate(60, Duration.ofMillis(1), Duration.ofMillis(40));

    /** Decides what a change makes of a message. */
    @FunctionalInterface
    public interface Rule {
        /**
         * @return the message after the change; the given object if there is nothing to change
         * @throws ApiException if the change is not allowed
         */
        Message apply(Message message, Instant now);
    }

    private record Change(Rule rule, Function<MessageSnapshot, MessageChange> event, UserSummary sender) {}

    private final MessageStore store;
    private final Outbox outbox;
    private final EventCodec events;
    private final MessageEncryption encryption;
    private final UserDirectory users;

    Revisions(MessageStore store, Outbox outbox, EventCodec events, UserDirectory users, MessageEncryption encryption) {
        this.store = store;
        this.outbox = outbox;
        this.events = events;
        this.users = users;
        this.encryption = encryption;
    }

    /**
     * Changes a message.
     *
     * @param event makes the event from the message after the change
     * @return the message after the change; fails as the rule does, or with {@link MessageError#MESSAGE_BUSY} if others
     *     change the message all the time
     */
    public Mono<Message> change(
            Caller caller, Message message, Rule rule, Function<MessageSnapshot, MessageChange> event) {
        return sender(message, caller).flatMap(sender -> change(message, new Change(rule, event, sender)));
    }

    /** The same for a change that nobody makes. */
    public Mono<Message> change(Message message, Rule rule, Function<MessageSnapshot, MessageChange> event) {
        return users.profile(message.senderId(), message.tenantId())
                .flatMap(sender -> change(message, new Change(rule, event, sender)));
    }

    private Mono<Message> change(Message message, Change change) {
        return UPDATE.run(
                message,
                store.byId(message.tenantId(), message.id()),
                seen -> write(seen, change),
                () -> ApiException.retryLater(
                        MessageError.MESSAGE_BUSY, "Too many change this message at once", RETRY_AFTER));
    }

    private Mono<UserSummary> sender(Message message, Caller caller) {
        return message.isFrom(caller.userId())
                ? Mono.just(caller.summary())
                : users.profile(message.senderId(), caller);
    }

    /** @return empty if somebody else changed the message meanwhile */
    private Mono<Message> write(Message seen, Change change) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Message changed = change.rule().apply(seen, now);
        if (changed == seen) {
            return Mono.just(seen);
        }
        return encryption
                .of(seen.conversationId())
                .flatMap(sealer -> Mono.deferContextual(context -> {
                    MessageChange event = change.event().apply(sealer.seal(changed.snapshot(change.sender())));
                    PendingEvent pending =
                            events.pending(event, changed.seq(), now).in(context);
                    return store.revise(seen, changed, pending, sealer);
                }))
                .flatMap(this::publish);
    }

    /**
     * Publishes the pending events of a message soon. If its creation may not have been published yet, what is before it in
     * the conversation goes first, so that creations come in the order of {@code seq}.
     *
     * @return the message
     */
    public Mono<Message> publish(Message message) {
        if (message.pendingEvents().stream().noneMatch(Revisions::isCreation)) {
            outbox.publishSoon(MessageStore.OUTBOX, message.id(), message.pendingEvents());
            return Mono.just(message);
        }
        return store.unpublished(message.conversationId(), MAX_CATCH_UP)
                .doOnNext(left -> outbox.publishSoon(MessageStore.OUTBOX, left.id(), left.events()))
                .then()
                .onErrorResume(failure -> {
                    log.warn("The events of message {} are left to the outbox sweeper", message.id(), failure);
                    return Mono.empty();
                })
                .thenReturn(message);
    }

    private static boolean isCreation(PendingEvent event) {
        return EventCatalogue.named(event.type())
                .filter(entry -> entry.dataClass() == MessageCreated.class)
                .isPresent();
    }
}
