package dev.parley.message.hiding;

import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.message.MessageError;
import dev.parley.message.MessageSettings;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.history.MessageHistory;
import dev.parley.message.history.VisibleMessages;
import dev.parley.message.history.VisibleMessages.VisibleMessage;
import dev.parley.message.revision.Revisions;
import dev.parley.message.store.HiddenMessageStore;
import dev.parley.message.store.HiddenMessages;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes messages for one user alone: nobody else sees a difference. Former members may too. */
@Component
public final class HideMessage {

    private static final int MAX_ATTEMPTS = 60;
    private static final int LONGEST_PAUSE_MILLIS = 40;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final VisibleMessages messages;
    private final MessageHistory history;
    private final HiddenMessageStore hidden;
    private final Revisions revisions;
    private final UserDirectory users;
    private final MessageEncryption encryption;
    private final int maxHidden;

    HideMessage(
            VisibleMessages messages,
            MessageHistory history,
            HiddenMessageStore hidden,
            Revisions revisions,
            UserDirectory users,
            MessageEncryption encryption,
            MessageSettings settings) {
        this.encryption = encryption;
        this.messages = messages;
        this.history = history;
        this.hidden = hidden;
        this.revisions = revisions;
        this.users = users;
        this.maxHidden = settings.maxHidden();
    }

    /**
     * Hides a message from the caller. Doing it again changes nothing.
     *
     * @return fails as {@link VisibleMessages#find} does, with {@link MessageError#NOTICE}, with
     *     {@link MessageError#TOO_MANY_HIDDEN}, or with {@link MessageError#MESSAGE_BUSY} if the caller hides more all the
     *     time
     */
    public Mono<Void> hide(Caller caller, String messageId) {
        return messages.findAlsoHidden(caller, messageId)
                .doOnNext(found -> found.message().requireNoSystemMessage())
                // The message's own event goes first: nothing is hidden that nobody has heard of.
                .flatMap(found -> revisions.published(found.message()).thenReturn(found))
                .flatMap(found -> attempt(caller, found, MAX_ATTEMPTS));
    }

    private Mono<Void> attempt(Caller caller, VisibleMessage found, int attemptsLeft) {
        Message message = found.message();
        return hidden.of(caller.userId(), message.conversationId()).flatMap(seen -> {
            if (seen.holds(message.seq())) {
                return Mono.empty();
            }
            if (seen.seqs().size() >= maxHidden) {
                return Mono.error(ApiException.of(
                        MessageError.TOO_MANY_HIDDEN,
                        "At most " + maxHidden + " messages of a conversation can be deleted for oneself"));
            }
            return newest(caller, found.access(), seen.with(message.seq()))
                    .flatMap(newest -> hidden.add(seen, event(caller, message, newest)))
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(done -> done.isPresent() ? Mono.empty() : again(caller, found, attemptsLeft - 1));
        });
    }

    private Mono<Void> again(Caller caller, VisibleMessage found, int attemptsLeft) {
        if (attemptsLeft == 0) {
            return Mono.error(ApiException.retryLater(
                    MessageError.MESSAGE_BUSY, "Too many messages are deleted at once", TRY_AGAIN));
        }
        Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
        return Mono.delay(pause).then(attempt(caller, found, attemptsLeft));
    }

    private static MessageHidden event(Caller caller, Message message, Optional<MessageSnapshot> newest) {
        return new MessageHidden(
                message.conversationId(),
                caller.tenantId(),
                caller.userId(),
                message.id(),
                message.seq(),
                newest.orElse(null));
    }

    private Mono<Optional<MessageSnapshot>> newest(Caller caller, MemberAccess access, HiddenMessages without) {
        return history.newestBefore(access, without, Long.MAX_VALUE)
                .flatMap(message -> users.find(Set.of(message.senderId()), caller)
                        .map(found -> found.getOrDefault(message.senderId(), UserDirectory.unknown(message.senderId())))
                        .map(message::snapshot))
                .flatMap(snapshot ->
                        encryption.of(snapshot.conversationId()).map(encryptor -> encryptor.encrypt(snapshot)))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }
}
