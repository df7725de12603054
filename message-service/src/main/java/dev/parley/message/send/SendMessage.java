package dev.parley.message.send;

import dev.parley.events.Block;
import dev.parley.message.access.ConversationAccess;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.attachment.AttachFiles;
import dev.parley.message.attachment.ProcessedFiles;
import dev.parley.message.limit.ActionLimits;
import dev.parley.message.limit.ActionLimits.Action;
import dev.parley.message.messagelog.MessageLog;
import dev.parley.message.reply.ReplyReferences;
import dev.parley.message.store.Message;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sends a message of a user: checks that the user may, and appends the message to the log of the conversation. */
@Component
public final class SendMessage {

    private final ConversationAccess conversations;
    private final MessageComposer composer;
    private final MessageLog messages;
    private final ProcessedFiles processedFiles;
    private final ActionLimits limits;

    SendMessage(
            ConversationAccess conversations,
            MessageComposer composer,
            MessageLog messages,
            ProcessedFiles processedFiles,
            ActionLimits limits) {
        this.conversations = conversations;
        this.composer = composer;
        this.messages = messages;
        this.processedFiles = processedFiles;
        this.limits = limits;
    }

    /**
     * Sends a message in the caller's name.
     *
     * @param blocks files of the platform as {@link AttachFiles#named} makes them
     * @param replyTo the id of the message that it answers
     * @param clientId what the caller's client calls it; sending again with the same client id gives the first message
     * @return the stored message; fails as {@link ActionLimits#take}, {@link ConversationAccess#toSend},
     *     {@link MemberAccess#requireMaySend}, {@link ReplyReferences#to}, {@link AttachFiles#to} and
     *     {@link MessageLog#append} do
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
                .flatMap(access -> composer.compose(caller, access, blocks, replyTo, clientId))
                .flatMap(composed -> messages.append(composed.message())
                        .flatMap(message -> processedFiles.caughtUp(message, composed.unprocessed())));
    }
}
