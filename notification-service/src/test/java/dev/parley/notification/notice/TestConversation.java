package dev.parley.notification.notice;

import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.Reaction;
import dev.parley.events.ReactionChanged;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.id.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** What happens in a conversation, as the other services tell it. */
public final class TestConversation {

    private final String id;
    private final String tenantId;
    private long lastSeq;
    private long lastOrdinal;

    public TestConversation(String id, String tenantId) {
        this.id = id;
        this.tenantId = tenantId;
    }

    public ConversationCreated created(ConversationKind kind, String name, String creator, String... others) {
        List<Participant> participants = Stream.concat(Stream.of(creator), Stream.of(others))
                .map(this::participant)
                .toList();
        return new ConversationCreated(id, tenantId, kind, name, null, creator, participants, now());
    }

    private Participant participant(String userId) {
        return new Participant(user(userId), Participant.Role.MEMBER, now());
    }

    public static UserSummary user(String userId) {
        return new UserSummary(userId, userId, nameOf(userId), null);
    }

    /** What users are called: their ids up to the first hyphen. */
    public static String nameOf(String userId) {
        return userId.split("-", 2)[0];
    }

    public MessageCreated message(String senderId, String text, String... mentions) {
        return message(senderId, now(), List.of(Block.Text.plain(text)), mentions);
    }

    public MessageCreated message(String senderId, Instant at, List<Block> blocks, String... mentions) {
        lastSeq++;
        lastOrdinal++;
        MessageSnapshot message = new MessageSnapshot(
                Ids.next(),
                tenantId,
                id,
                lastSeq,
                lastOrdinal,
                1,
                user(senderId),
                SenderKind.USER,
                null,
                blocks,
                null,
                List.of(mentions),
                at,
                null);
        return new MessageCreated(message, null);
    }

    public MessageCreated changed(NoticeKind kind, String actorId, String... userIds) {
        lastSeq++;
        List<Participant> members = Stream.of(userIds).map(this::participant).toList();
        MessageSnapshot message = new MessageSnapshot(
                Ids.next(),
                tenantId,
                id,
                lastSeq,
                lastOrdinal,
                0,
                user(actorId),
                SenderKind.SYSTEM,
                null,
                List.of(new Block.Notice(kind, members, "in words")),
                null,
                List.of(),
                now(),
                null);
        return new MessageCreated(message, null);
    }

    public static MessageEdited edited(MessageSnapshot before, String text, String... mentions) {
        MessageRevision revision =
                MessageRevision.after(before.changes(), now()).edited();
        return new MessageEdited(with(before, List.of(Block.Text.plain(text)), revision, mentions));
    }

    public static MessageDeleted deleted(MessageSnapshot before) {
        MessageRevision revision =
                MessageRevision.after(before.changes(), now()).deleted();
        return new MessageDeleted(
                with(before, List.of(), revision), before.sender().id());
    }

    public static ReactionChanged reacted(MessageSnapshot before, String userId, String emoji, boolean added) {
        List<Reaction> reactions = added ? List.of(new Reaction(emoji, List.of(userId))) : List.of();
        MessageRevision revision =
                MessageRevision.after(before.changes(), now()).with(reactions);
        return new ReactionChanged(with(before, before.blocks(), revision), userId, emoji, added);
    }

    private static MessageSnapshot with(
            MessageSnapshot before, List<Block> blocks, MessageRevision revision, String... mentions) {
        return new MessageSnapshot(
                before.id(),
                before.tenantId(),
                before.conversationId(),
                before.seq(),
                before.ordinal(),
                before.senderOrdinal(),
                before.sender(),
                before.senderKind(),
                before.title(),
                blocks,
                before.replyTo(),
                mentions.length == 0 ? before.mentions() : List.of(mentions),
                before.createdAt(),
                revision);
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
