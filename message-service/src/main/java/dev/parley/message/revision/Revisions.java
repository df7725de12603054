package dev.parley.message.revision;

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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Changes stored messages.
 *
 * <p>A change is worked out from the message as it was read, and written together with its event only if no other change
 * came in between; otherwise it is worked out again. So concurrent changes all take effect, one after the other, and each
 * event tells of the message as it was after its own.
 */
@Component
public final class Revisions {

    private static final Logger log = LoggerFactory.getLogger(Revisions.class);
    private static final int MAX_ATTEMPTS = 60;
    private static final int LONGEST_PAUSE_MILLIS = 40;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final int MAX_CATCH_UP = 1_000;

    /** What a change makes of a message. */
    @FunctionalInterface
    public interface Rule {
        /**
         * @return the message after the change; the given one if there is nothing to change
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
        this.encryption = encryption;
        this.store = store;
        this.outbox = outbox;
        this.events = events;
        this.users = users;
    }

    /**
     * Changes a message.
     *
     * @param event tells of the message after the change
     * @return the message after the change; fails as the rule does, or with {@link MessageError#MESSAGE_BUSY} if others
     *     change it all the time
     */
    public Mono<Message> change(
            Caller caller, Message message, Rule rule, Function<MessageSnapshot, MessageChange> event) {
        return sender(message, caller)
                .flatMap(sender -> attempt(message, new Change(rule, event, sender), MAX_ATTEMPTS));
    }

    private Mono<UserSummary> sender(Message message, Caller caller) {
        if (message.senderId().equals(caller.userId())) {
            return Mono.just(caller.summary());
        }
        return users.find(Set.of(message.senderId()), caller)
                .map(found -> found.getOrDefault(message.senderId(), UserDirectory.unknown(message.senderId())));
    }

    private Mono<Message> attempt(Message message, Change change, int attemptsLeft) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Message changed = change.rule().apply(message, now);
        if (changed == message) {
            return Mono.just(message);
        }
        return encryption
                .of(message.conversationId())
                .flatMap(encryptor -> {
                    MessageChange event = change.event().apply(encryptor.encrypt(changed.snapshot(change.sender())));
                    return store.revise(message, changed, events.pending(event, changed.seq(), now), encryptor);
                })
                .flatMap(this::published)
                .switchIfEmpty(Mono.defer(() -> again(message, change, attemptsLeft - 1)));
    }

    private Mono<Message> again(Message stale, Change change, int attemptsLeft) {
        if (attemptsLeft == 0) {
            return Mono.error(ApiException.retryLater(
                    MessageError.MESSAGE_BUSY, "Too many change this message at once", TRY_AGAIN));
        }
        Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
        return Mono.delay(pause)
                .then(store.byId(stale.tenantId(), stale.id()))
                .flatMap(message -> attempt(message, change, attemptsLeft));
    }

    /**
     * SendHandler the pending events on their way. Where the message's creation may not have been published yet, what is before
     * it in the conversation goes first, so that creations come in the order of {@code seq}.
     */
    public Mono<Message> published(Message message) {
        List<PendingEvent> pending = Objects.requireNonNullElse(message.outbox(), List.of());
        if (pending.stream().noneMatch(Revisions::tellsOfACreation)) {
            outbox.publishSoon(MessageStore.OUTBOX, message.id(), pending);
            return Mono.just(message);
        }
        return store.unpublished(message.conversationId(), MAX_CATCH_UP)
                .doOnNext(left -> outbox.publishSoon(
                        MessageStore.OUTBOX, left.id(), Objects.requireNonNullElse(left.outbox(), List.of())))
                .then()
                .onErrorResume(failure -> {
                    log.warn("Left to the sweeper: {}", message.id(), failure);
                    return Mono.empty();
                })
                .thenReturn(message);
    }

    private static boolean tellsOfACreation(PendingEvent event) {
        return EventCatalogue.named(event.type())
                .filter(entry -> entry.dataClass() == MessageCreated.class)
                .isPresent();
    }
}
