package dev.parley.presence.stream;

import dev.parley.events.Block;
import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageAttachmentsProcessed;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessagePinned;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.MessageUnpinned;
import dev.parley.events.ReactionChanged;
import dev.parley.events.ReplyReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The present state of the messages that were changed in the recent events. A replay shows it in place of what a message was
 * when an event happened: text that was edited or deleted since is not sent again. Changed by one thread at a time, read by
 * any.
 */
final class PresentMessages {

    /** The newest change of each message, by message id. */
    private final Map<String, MessageChange> newest = new ConcurrentHashMap<>();

    /** An earlier change of a message may become known after a later one. */
    void add(ConversationEvent event) {
        if (event instanceof MessageChange change) {
            newest.merge(
                    change.message().id(),
                    change,
                    (known, one) -> one.message().revision() < known.message().revision() ? known : one);
        }
    }

    /**
     * An event is no longer among the recent ones. It is the oldest: when it was the newest change of a message, no earlier
     * event shows that message.
     */
    void forget(ConversationEvent event) {
        if (event instanceof MessageChange change) {
            newest.remove(change.message().id(), change);
        }
    }

    int size() {
        return newest.size();
    }

    /**
     * What is sent now of a recent event.
     *
     * @return empty if a later event, which is recent too, leaves nothing of it to be shown
     */
    Optional<ConversationEvent> present(ConversationEvent event) {
        if (event instanceof MessageCreated created) {
            return Optional.of(present(created));
        }
        if (event instanceof MessageChange change) {
            MessageSnapshot now = now(change.message());
            return change.accept(new IsShown(now)) ? Optional.of(change) : Optional.empty();
        }
        return Optional.of(event);
    }

    private MessageCreated present(MessageCreated created) {
        MessageSnapshot sent = created.message();
        MessageSnapshot now = now(sent);
        MessageSnapshot shown = withPresentQuote(now);
        return shown == sent ? created : new MessageCreated(shown, created.clientId());
    }

    private MessageSnapshot withPresentQuote(MessageSnapshot message) {
        ReplyReference quoted = message.replyTo();
        MessageChange change = quoted == null ? null : newest.get(quoted.messageId());
        return change == null ? message : message.withQuote(ReplyReference.to(change.message()));
    }

    private MessageSnapshot now(MessageSnapshot message) {
        MessageChange change = newest.get(message.id());
        return change == null || change.message().revision() <= message.revision() ? message : change.message();
    }

    private static boolean isDeleted(MessageSnapshot message) {
        MessageRevision changes = message.changes();
        return changes != null && changes.deletedAt() != null;
    }

    /**
     * Whether a change is still to be shown.
     *
     * @param now the message as it is now
     */
    private record IsShown(MessageSnapshot now) implements MessageChange.ChangeVisitor<Boolean> {

        /** Only if it gave the message the text that it has now. */
        @Override
        public Boolean edited(MessageEdited change) {
            return !isDeleted(now)
                    && written(now).equals(written(change.message()))
                    && Objects.equals(now.title(), change.message().title());
        }

        /** Only if the files are now as it told. */
        @Override
        public Boolean attachmentsProcessed(MessageAttachmentsProcessed change) {
            return !isDeleted(now) && files(now).equals(files(change.message()));
        }

        private static List<Block> written(MessageSnapshot message) {
            return message.blocks().stream()
                    .filter(block -> !(block instanceof Block.Media))
                    .toList();
        }

        private static List<Block> files(MessageSnapshot message) {
            return message.blocks().stream()
                    .filter(Block.Media.class::isInstance)
                    .toList();
        }

        @Override
        public Boolean deleted(MessageDeleted change) {
            return true;
        }

        @Override
        public Boolean reactionChanged(ReactionChanged change) {
            return !isDeleted(now);
        }

        @Override
        public Boolean pinned(MessagePinned change) {
            return !isDeleted(now);
        }

        @Override
        public Boolean unpinned(MessageUnpinned change) {
            return !isDeleted(now);
        }
    }
}
