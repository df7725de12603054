package dev.parley.notification.notice;

import dev.parley.events.Block.NoticeKind.Effect;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.Event;
import dev.parley.events.MessageAttachmentsProcessed;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessagePinned;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.MessageUnpinned;
import dev.parley.events.Participant;
import dev.parley.events.ReactionChanged;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event means for what there is to tell. */
sealed interface NoticeChange {

    /** The position of what is told of no message. */
    long NO_MESSAGE = 0;

    /** There is something to tell. */
    record Told(Draft notice) implements NoticeChange {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.told(notice);
        }
    }

    /** Somebody reacted. @param revision of the message with the reaction */
    record Reacted(Draft notice, long revision) implements NoticeChange {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reacted(notice, revision);
        }
    }

    /** A reaction was taken back. @param revision of the message without it */
    record TakenBack(String noticeId, long revision) implements NoticeChange {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.takenBack(noticeId, revision);
        }
    }

    /** A message says something else now, or nothing. */
    record Replaced(MessageSnapshot message) implements NoticeChange {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.replaced(message);
        }
    }

    /** A notice that is not stored yet. The components are those of {@link Notice}. */
    record Draft(
            String id,
            NoticeKind kind,
            String conversationId,
            String tenantId,
            long seq,
            UserSummary actor,
            @Nullable String emoji,
            @Nullable List<String> only,
            @Nullable MessageSnapshot message,
            Instant happenedAt,
            @Nullable String traceparent) {}

    <R> R accept(Visitor<R> visitor);

    /** One case for each change. */
    interface Visitor<R> {
        R told(Draft notice);

        R reacted(Draft notice, long revision);

        R takenBack(String noticeId, long revision);

        R replaced(MessageSnapshot message);
    }

    /**
     * @param at when it happened
     * @param traceparent of the event; null if it is in no trace
     * @return empty if there is nothing to tell and nothing to change
     */
    static Optional<NoticeChange> of(Event event, Instant at, @Nullable String traceparent) {
        if (event instanceof MessageCreated created) {
            return ofMessage(created.message(), traceparent);
        }
        if (event instanceof MessageChange change) {
            return change.accept(new OfChange(at, traceparent));
        }
        return event instanceof ConversationCreated created ? ofGroup(created, traceparent) : Optional.empty();
    }

    /** System messages tell nobody anything, but those who were added. */
    private static Optional<NoticeChange> ofMessage(MessageSnapshot message, @Nullable String traceparent) {
        if (message.senderKind() != SenderKind.SYSTEM) {
            return Optional.of(new Told(new Draft(
                    message.id(),
                    NoticeKind.MESSAGE,
                    message.conversationId(),
                    message.tenantId(),
                    message.seq(),
                    message.sender(),
                    null,
                    null,
                    message,
                    message.createdAt(),
                    traceparent)));
        }
        return message.notice()
                .filter(notice -> notice.kind().effect() == Effect.JOINS)
                .map(notice -> others(notice.members(), message.sender().id()))
                .filter(added -> !added.isEmpty())
                .map(added -> new Told(new Draft(
                        message.id() + "/added",
                        NoticeKind.GROUP_ADDED,
                        message.conversationId(),
                        message.tenantId(),
                        message.seq(),
                        message.sender(),
                        null,
                        added,
                        message,
                        message.createdAt(),
                        traceparent)));
    }

    private static List<String> others(List<Participant> members, String actorId) {
        return members.stream()
                .map(member -> member.user().id())
                .filter(userId -> !userId.equals(actorId))
                .distinct()
                .sorted()
                .toList();
    }

    private static Optional<NoticeChange> ofGroup(ConversationCreated created, @Nullable String traceparent) {
        List<String> added = others(created.participants(), created.createdBy());
        if (created.kind() != ConversationKind.GROUP || added.isEmpty()) {
            return Optional.empty();
        }
        UserSummary creator = created.participants().stream()
                .map(Participant::user)
                .filter(user -> user.id().equals(created.createdBy()))
                .findFirst()
                .orElseGet(() -> new UserSummary(created.createdBy(), "", "", null));
        return Optional.of(new Told(new Draft(
                created.conversationId() + "/created",
                NoticeKind.GROUP_ADDED,
                created.conversationId(),
                created.tenantId(),
                NO_MESSAGE,
                creator,
                null,
                added,
                null,
                created.createdAt(),
                traceparent)));
    }

    /** @param at when it happened */
    record OfChange(Instant at, @Nullable String traceparent)
            implements MessageChange.ChangeVisitor<Optional<NoticeChange>> {

        @Override
        public Optional<NoticeChange> edited(MessageEdited change) {
            return Optional.of(new Replaced(change.message()));
        }

        @Override
        public Optional<NoticeChange> deleted(MessageDeleted change) {
            return Optional.of(new Replaced(change.message()));
        }

        /** How long a voice message is may become known only then. */
        @Override
        public Optional<NoticeChange> attachmentsProcessed(MessageAttachmentsProcessed change) {
            return Optional.of(new Replaced(change.message()));
        }

        @Override
        public Optional<NoticeChange> reactionChanged(ReactionChanged change) {
            MessageSnapshot message = change.message();
            String author = message.sender().id();
            if (message.senderKind() != SenderKind.USER || author.equals(change.userId())) {
                return Optional.empty();
            }
            String id = message.id() + "/" + change.userId() + "/" + change.emoji();
            if (!change.added()) {
                return Optional.of(new TakenBack(id, message.revision()));
            }
            Draft notice = new Draft(
                    id,
                    NoticeKind.REACTION,
                    message.conversationId(),
                    message.tenantId(),
                    message.seq(),
                    new UserSummary(change.userId(), "", "", null),
                    change.emoji(),
                    List.of(author),
                    message,
                    at,
                    traceparent);
            return Optional.of(new Reacted(notice, message.revision()));
        }

        @Override
        public Optional<NoticeChange> pinned(MessagePinned change) {
            return Optional.empty();
        }

        @Override
        public Optional<NoticeChange> unpinned(MessageUnpinned change) {
            return Optional.empty();
        }
    }
}
