package dev.parley.message.hiding;

import dev.parley.events.MessageSnapshot;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.history.MessageHistory;
import dev.parley.message.store.HiddenMessages;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds the message that is the newest for a user who hides one, as events tell of it: list views show it then. */
@Component
final class NewestVisible {

    private final MessageHistory history;
    private final UserDirectory users;
    private final MessageEncryption encryption;

    NewestVisible(MessageHistory history, UserDirectory users, MessageEncryption encryption) {
        this.history = history;
        this.users = users;
        this.encryption = encryption;
    }

    /** The newest message that is not among the hidden ones; empty if there is none. */
    Mono<Optional<MessageSnapshot>> without(HiddenMessages hidden, MemberAccess access, Caller caller) {
        return history.newest(access, hidden)
                .flatMap(message -> users.profile(message.senderId(), caller).map(message::snapshot))
                .flatMap(snapshot -> encryption.of(snapshot.conversationId()).map(sealer -> sealer.seal(snapshot)))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }
}
