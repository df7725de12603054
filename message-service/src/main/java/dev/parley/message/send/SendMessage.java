package dev.parley.message.send;

import dev.parley.events.Block;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.limit.ActionLimits;
import dev.parley.message.limit.ActionLimits.Action;
import dev.parley.message.mention.Mentions;
import dev.parley.message.messagelog.MessageLog;
import dev.parley.message.messagelog.NewMessage;
import dev.parley.message.reply.ReplyReferences;
import dev.parley.message.store.Message;
import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sends a message of a user: checks that the user may, and appends the message to the log of the conversation. */
@Component
public final class SendMessage {

    private final ConversationAccess conversations;
    private final ReplyReferences replies;
    private final Mentions mentions;
    private final MessageLog messages;
    private final ActionLimits limits;

    SendMessage(
            ConversationAccess conversations,
            ReplyReferences replies,
            Mentions mentions,
            MessageLog messages,
            ActionLimits limits) {
        this.conversations = conversations;
        this.replies = replies;
        this.mentions = mentions;
        this.messages = messages;
        this.limits = limits;
    }

    /**
     * Sends a message in the caller's name.
     *
     * @param replyTo the id of the message that it answers
     * @param clientId what the caller's client calls it; sending again with the same client id gives the first message
     * @return the stored message; fails as {@link ActionLimits#take}, {@link ConversationAccess#toSend},
     *     {@link MemberAccess#requireMaySend}, {@link ReplyReferences#to} and {@link MessageLog#append} do
     */
    public Mono<Message> send(
            Caller caller,
            String conversationId,
            List<Block> blocks,
            @Nullable String replyTo,
            @Nullable String clientId) {
        return limits.take(caller, Action.SEND)
                .then(conversations.toSend(caller, conversationId))
                .doOnNext(MemberAccess::requireMaySend)
                .flatMap(access -> reply(access, replyTo, caller)
                        .zipWhen(reply -> mentions.in(blocks, caller.tenantId(), conversationId))
                        .flatMap(known -> messages.append(new NewMessage(
                                Ids.next(),
                                caller.tenantId(),
                                conversationId,
                                caller.summary(),
                                SenderKind.USER,
                                clientId,
                                new MessageContent(null, blocks, known.getT1().orElse(null)),
                                known.getT2(),
                                access.creation()))));
    }

    private Mono<Optional<ReplyReference>> reply(MemberAccess access, @Nullable String replyTo, Caller caller) {
        return replyTo == null
                ? Mono.just(Optional.empty())
                : replies.to(replyTo, access, caller).map(Optional::of);
    }
}
