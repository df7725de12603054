package dev.parley.message.reply;

import dev.parley.events.ReplyReference;
import dev.parley.message.MessageError;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.history.VisibleMessages;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes what a reply stores of the message that it answers. */
@Component
public final class ReplyReferences {

    private final VisibleMessages messages;
    private final UserDirectory users;

    ReplyReferences(VisibleMessages messages, UserDirectory users) {
        this.messages = messages;
        this.users = users;
    }

    /**
     * The reference to a message as it is now.
     *
     * @return fails with {@link MessageError#REPLY_NOT_FOUND} if the caller cannot see the message in this conversation
     */
    public Mono<ReplyReference> to(String messageId, MemberAccess access, Caller caller) {
        return messages.findIn(access, caller.tenantId(), messageId)
                .switchIfEmpty(Mono.error(() ->
                        ApiException.of(MessageError.REPLY_NOT_FOUND, "There is no message " + messageId + " here")))
                .flatMap(message -> users.profile(message.senderId(), caller)
                        .map(sender -> ReplyReference.to(message.snapshot(sender))));
    }
}
