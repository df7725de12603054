package dev.parley.message.send;

import dev.parley.events.Block;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.attachment.AttachFiles;
import dev.parley.message.mention.Mentions;
import dev.parley.message.messagelog.NewMessage;
import dev.parley.message.reply.ReplyReferences;
import dev.parley.platform.encryption.MessageContent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes a message of what a member wrote: looks up what it answers, whom it mentions, and which files it has. */
@Component
final class MessageComposer {

    /** @param unprocessed the ids of its files of which more will be known */
    record Composed(NewMessage message, List<String> unprocessed) {}

    private final ReplyReferences replies;
    private final Mentions mentions;
    private final AttachFiles files;

    MessageComposer(ReplyReferences replies, Mentions mentions, AttachFiles files) {
        this.replies = replies;
        this.mentions = mentions;
        this.files = files;
    }

    /** The files last: they are bound to the conversation then. */
    Mono<Composed> compose(
            Caller caller,
            MemberAccess access,
            List<Block> blocks,
            @Nullable String replyTo,
            @Nullable String clientId) {
        String conversationId = access.conversationId();
        return reply(access, replyTo, caller)
                .zipWhen(reply -> mentions.in(blocks, caller.tenantId(), conversationId))
                .flatMap(known -> files.to(caller, conversationId, blocks, clientId)
                        .map(attached -> new Composed(
                                new NewMessage(
                                        Ids.next(),
                                        caller.tenantId(),
                                        conversationId,
                                        caller.summary(),
                                        SenderKind.USER,
                                        clientId,
                                        new MessageContent(
                                                null,
                                                attached.blocks(),
                                                known.getT1().orElse(null)),
                                        known.getT2(),
                                        access.creation(),
                                        null),
                                attached.unprocessed())));
    }

    private Mono<Optional<ReplyReference>> reply(MemberAccess access, @Nullable String replyTo, Caller caller) {
        return replyTo == null
                ? Mono.just(Optional.empty())
                : replies.to(replyTo, access, caller).map(Optional::of);
    }
}
