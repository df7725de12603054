package dev.parley.notification.audience;

import dev.parley.events.Block;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationKind;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.CountStart;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.ReceiptRead;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.notification.StubConversations;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A conversation in which things happen by chance. It counts by looking at every message. */
final class ModelConversation {

    private record Message(long seq, @Nullable String senderId, long ordinal, long senderOrdinal, boolean deleted) {

        boolean countsFor(String userId) {
            return senderId != null && !senderId.equals(userId) && !deleted;
        }
    }

    private static final class Member {
        private final String userId;
        private boolean active = true;
        private long changedSeq;
        private long fromSeq = 1;
        private long readSeq;
        private long clearedSeq;
        private @Nullable Instant mutedUntil;
        private final Set<Long> hidden = new HashSet<>();

        private Member(String userId) {
            this.userId = userId;
        }
    }

    final String id;
    private String name = "Model";
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Member> members = new TreeMap<>();

    ModelConversation(String id) {
        this.id = id;
    }

    synchronized ConversationEvent create(List<String> userIds) {
        userIds.forEach(userId -> members.put(userId, new Member(userId)));
        return new ConversationCreated(
                id,
                NotificationServiceTest.TENANT,
                ConversationKind.GROUP,
                name,
                null,
                userIds.get(0),
                userIds.stream().map(ModelConversation::participant).toList(),
                Instant.now());
    }

    /** Conversation-service knows the conversation from now on, as it is at the time of each question. */
    synchronized void isKnown() {
        StubConversations.conversation(id, this::asSource);
        members.keySet().forEach(userId -> StubConversations.member(id, userId, () -> asSource(userId)));
    }

    /** Something happens to one of the members; sometimes nothing. */
    synchronized Optional<ConversationEvent> step(Random random) {
        Member member = members.get(List.copyOf(members.keySet()).get(random.nextInt(members.size())));
        int choice = random.nextInt(14);
        if (!member.active) {
            return choice < 3 ? Optional.of(join(member)) : Optional.empty();
        }
        long any = messages.isEmpty() ? 0 : 1 + random.nextInt(messages.size());
        if (choice < 5 || any == 0) {
            return Optional.of(new MessageCreated(add(member.userId, null), null));
        }
        return switch (choice) {
            case 5 -> delete(any);
            case 6, 7 -> hide(member, any);
            case 8, 9 -> read(member, any);
            case 10 -> Optional.of(clear(member));
            case 11 -> Optional.of(mute(member, random));
            case 12 -> Optional.of(leave(member));
            default -> Optional.of(random.nextBoolean() ? rename(random) : deleteForOne(member));
        };
    }

    private MessageSnapshot add(@Nullable String senderId, Block.@Nullable Notice notice) {
        long ordinal = messages.stream().filter(one -> one.senderId() != null).count() + (senderId == null ? 0 : 1);
        long senderOrdinal = senderId == null ? 0 : sent(senderId, messages.size()) + 1;
        Message message = new Message(messages.size() + 1, senderId, ordinal, senderOrdinal, false);
        messages.add(message);
        return snapshot(message, notice);
    }

    private long sent(String userId, long upTo) {
        return messages.stream()
                .filter(one -> one.seq() <= upTo && userId.equals(one.senderId()))
                .count();
    }

    private MessageSnapshot snapshot(Message message, Block.@Nullable Notice notice) {
        Instant now = Instant.now();
        return new MessageSnapshot(
                id + "-" + message.seq(),
                NotificationServiceTest.TENANT,
                id,
                message.seq(),
                message.ordinal(),
                message.senderOrdinal(),
                user(message.senderId() == null ? "somebody" : message.senderId()),
                message.senderId() == null ? SenderKind.SYSTEM : SenderKind.USER,
                null,
                List.of(notice == null ? Block.Text.plain("text") : notice),
                null,
                List.of(),
                now,
                message.deleted() ? new MessageRevision(1, now, null, now, List.of(), null) : null);
    }

    private ConversationEvent join(Member member) {
        MessageSnapshot message = add(null, notice(Block.NoticeKind.MEMBERS_ADDED, member));
        member.active = true;
        member.changedSeq = message.seq();
        member.fromSeq = message.seq();
        member.readSeq = message.seq();
        return new MessageCreated(message, null);
    }

    private ConversationEvent leave(Member member) {
        MessageSnapshot message = add(null, notice(Block.NoticeKind.MEMBER_LEFT, member));
        member.active = false;
        member.changedSeq = message.seq();
        return new MessageCreated(message, null);
    }

    private static Block.Notice notice(Block.NoticeKind kind, Member member) {
        return new Block.Notice(kind, List.of(participant(member.userId)), "Something changed");
    }

    private Optional<ConversationEvent> delete(long seq) {
        Message message = messages.get((int) seq - 1);
        if (message.senderId() == null || message.deleted()) {
            return Optional.empty();
        }
        Message deleted = new Message(seq, message.senderId(), message.ordinal(), message.senderOrdinal(), true);
        messages.set((int) seq - 1, deleted);
        return Optional.of(new MessageDeleted(snapshot(deleted, null), message.senderId()));
    }

    private Optional<ConversationEvent> hide(Member member, long seq) {
        if (!member.hidden.add(seq)) {
            return Optional.empty();
        }
        boolean counts = messages.get((int) seq - 1).countsFor(member.userId);
        return Optional.of(new MessageHidden(
                id, NotificationServiceTest.TENANT, member.userId, id + "-" + seq, seq, null, counts));
    }

    private Optional<ConversationEvent> read(Member member, long seq) {
        if (seq <= Math.max(member.readSeq, member.clearedSeq)) {
            return Optional.empty();
        }
        long before = member.readSeq;
        member.readSeq = seq;
        CountStart read = countStart(member, seq);
        return Optional.of(new ReceiptRead(
                id,
                NotificationServiceTest.TENANT,
                member.userId,
                id + "-" + seq,
                seq,
                before,
                Instant.now(),
                List.of(),
                List.of(),
                0,
                read.ordinal(),
                read.sentOrdinal()));
    }

    private ConversationEvent clear(Member member) {
        member.clearedSeq = messages.size();
        return ConversationUpdated.cleared(
                id, NotificationServiceTest.TENANT, member.userId, countStart(member, member.clearedSeq));
    }

    private ConversationEvent deleteForOne(Member member) {
        member.clearedSeq = messages.size();
        return new ConversationDeleted(
                id,
                NotificationServiceTest.TENANT,
                member.userId,
                member.userId,
                List.of(),
                countStart(member, member.clearedSeq));
    }

    private ConversationEvent mute(Member member, Random random) {
        member.mutedUntil = random.nextBoolean()
                ? null
                : Instant.now().plusSeconds(random.nextInt(9_999)).truncatedTo(ChronoUnit.MILLIS);
        return ConversationUpdated.muted(id, NotificationServiceTest.TENANT, member.userId, member.mutedUntil);
    }

    private ConversationEvent rename(Random random) {
        name = "Name " + random.nextInt();
        return new ConversationUpdated(id, NotificationServiceTest.TENANT, null, null, name, null);
    }

    private CountStart countStart(Member member, long seq) {
        long ordinal = seq == 0 ? 0 : messages.get((int) seq - 1).ordinal();
        return new CountStart(seq, ordinal, sent(member.userId, seq));
    }

    /** What a member has not read; nothing for who is no member. */
    synchronized long unread(String userId) {
        Member member = members.get(userId);
        if (member == null || !member.active) {
            return 0;
        }
        long from = Math.max(member.readSeq, member.clearedSeq);
        return messages.stream()
                .filter(one -> one.seq() > from && one.countsFor(userId) && !member.hidden.contains(one.seq()))
                .count();
    }

    synchronized String name() {
        return name;
    }

    /** Those who are members now, with what is known of them. */
    synchronized List<AudienceMember> readers() {
        return members.values().stream()
                .filter(member -> member.active)
                .map(member ->
                        new AudienceMember(id, member.userId, true, member.fromSeq, member.readSeq, member.mutedUntil))
                .toList();
    }

    private synchronized Map<String, Object> asSource() {
        Message last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
        return Map.of(
                "conversationId",
                id,
                "tenantId",
                NotificationServiceTest.TENANT,
                "kind",
                "GROUP",
                "name",
                name,
                "lastSeq",
                last == null ? 0 : last.seq(),
                "lastOrdinal",
                last == null ? 0 : last.ordinal(),
                "tombstones",
                messages.stream()
                        .filter(Message::deleted)
                        .map(one -> Map.of("seq", one.seq(), "senderId", String.valueOf(one.senderId())))
                        .toList(),
                "deleted",
                false);
    }

    private synchronized Map<String, Object> asSource(String userId) {
        Member member = members.get(userId);
        Map<String, Object> source = new HashMap<>(Map.of(
                "conversationId",
                id,
                "userId",
                userId,
                "active",
                member.active,
                "mayRead",
                true,
                "changedSeq",
                member.changedSeq,
                "fromSeq",
                member.fromSeq,
                "read",
                countStart(member, member.readSeq),
                "sentOrdinal",
                sent(userId, messages.size()),
                "hiddenSeqs",
                member.hidden.stream()
                        .filter(seq -> seq > member.readSeq
                                && messages.get((int) (long) seq - 1).countsFor(userId))
                        .toList()));
        if (member.clearedSeq > 0) {
            source.put("cleared", countStart(member, member.clearedSeq));
        }
        if (member.mutedUntil != null) {
            source.put("mutedUntil", member.mutedUntil.toString());
        }
        return source;
    }

    private static Participant participant(String userId) {
        return new Participant(user(userId), Participant.Role.MEMBER, Instant.now());
    }

    private static UserSummary user(String userId) {
        return new UserSummary(userId, userId, "Name of " + userId, null);
    }
}
