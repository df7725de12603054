package dev.parley.message.send;

import dev.parley.events.Block;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.message.MessageError;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.history.MessageHistory;
import dev.parley.message.log.MessageLog;
import dev.parley.message.log.NewMessage;
import dev.parley.message.mention.Mentions;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.id.Ids;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** SendHandler messages: checks that the sender may, and gives the message to its timeline. */
@Component
public final class SendMessage {

    private static final int PREVIEW_LENGTH = 120;

    private final ConversationAccess conversations;
    private final MessageLog timeline;
    private final MessageHistory history;
    private final UserDirectory users;
    private final Mentions mentions;

    SendMessage(
            ConversationAccess conversations,
            MessageLog timeline,
            MessageHistory history,
            UserDirectory users,
            Mentions mentions) {
        this.mentions = mentions;
        this.conversations = conversations;
        this.timeline = timeline;
        this.history = history;
        this.users = users;
    }

    /**
     * SendHandler a message in the caller's name.
     *
     * @param replyTo the id of the message it answers, which the caller must be able to see in the same conversation
     * @param clientId the sender's own name for it; sending again with the same name gives the first message
     * @return the stored message; fails as {@link ConversationAccess#toSend} and {@link MessageLog#append}
     *     do, or with {@link MessageError#ONLY_ADMINS_MAY_WRITE}
     */
    public Mono<Message> send(
            Caller caller,
            String conversationId,
            List<Block> blocks,
            @Nullable String replyTo,
            @Nullable String clientId) {
        return conversations
                .toSend(caller, conversationId)
                .doOnNext(SendMessage::requireSending)
                .flatMap(access -> answered(access, replyTo, caller))
                .zipWhen(reply -> mentions.in(blocks, caller.tenantId(), conversationId))
                .flatMap(named -> timeline.append(new NewMessage(
                        Ids.next(),
                        caller.tenantId(),
                        conversationId,
                        caller.summary(),
                        SenderKind.USER,
                        clientId,
                        null,
                        blocks,
                        named.getT1().orElse(null),
                        named.getT2())));
    }

    private static void requireSending(MemberAccess access) {
        if (!access.requireMember().maySend()) {
            throw ApiException.of(MessageError.ONLY_ADMINS_MAY_WRITE, "Only admins may write in this conversation");
        }
    }

    private Mono<Optional<ReplyReference>> answered(MemberAccess access, @Nullable String replyTo, Caller caller) {
        if (replyTo == null) {
            return Mono.just(Optional.empty());
        }
        return history.find(access, caller.tenantId(), replyTo)
                .switchIfEmpty(Mono.error(
                        ApiException.of(MessageError.REPLY_NOT_FOUND, "There is no message " + replyTo + " here")))
                .flatMap(message -> users.find(Set.of(message.senderId()), caller)
                        .map(found -> found.getOrDefault(message.senderId(), UserDirectory.unknown(message.senderId())))
                        .map(sender -> Optional.of(new ReplyReference(
                                message.id(), sender.displayName(), message.preview(PREVIEW_LENGTH), message.seq()))));
    }
}
