package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationKind;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Event;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessagePinned;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.Pin;
import dev.parley.events.Reaction;
import dev.parley.events.ReactionChanged;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.platform.test.RecoveringClient;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** Alice has two devices: one that is cut off, and one that never is. Both are told the same. */
abstract class RecoveryTest extends ChatServiceTest {

    private final List<RecoveringClient> clients = new ArrayList<>();
    private int marked;

    @AfterEach
    void cutAll() {
        clients.forEach(RecoveringClient::close);
    }

    RecoveringClient client(String userId) {
        return client(userId, told -> {});
    }

    /** @param hearer is told everything that the client is told */
    RecoveringClient client(String userId, Consumer<RecoveringClient.Told> hearer) {
        RecoveringClient client = new RecoveringClient(TestTokens.tokenFor(userId, TENANT), hearer);
        clients.add(client);
        return client;
    }

    RecoveringClient connected(String userId) {
        return client(userId).connect(port);
    }

    /** Returns when the client was told all that was published of a conversation. */
    void settle(String conversationId, RecoveringClient client, String userId) {
        String marker = "mark-" + conversationId + "-" + marked++;
        publish(new MessageHidden(conversationId, TENANT, userId, marker, marked, null));
        Until.satisfied(() -> assertThat(client.told("message_deleted_for_me"))
                .anyMatch(one -> one.path("messageId").asString().equals(marker)));
    }

    /**
     * What a client was told, without what messages contained: a client that comes back is shown them as they are by then, one
     * that was there as they were.
     */
    static List<String> withoutContents(RecoveringClient client) {
        return client.told().stream()
                .filter(one -> one.offset() != null)
                .filter(one ->
                        !one.event().equals("online_users") && !one.event().equals("stream_position"))
                .map(one -> one.event() + " "
                        + (one.event().equals("new_message")
                                ? one.body().path("message").path("id") + " in "
                                        + one.body().path("message").path("conversationId")
                                : one.body()))
                .toList();
    }

    MessageCreated textIn(String conversationId, String sender, long seq) {
        return in(conversationId, text(sender, seq));
    }

    MessageCreated noticeIn(String conversationId, long seq, NoticeKind kind, String... members) {
        return in(conversationId, notice(bob, seq, kind, members));
    }

    static MessageCreated in(String conversationId, MessageCreated created) {
        MessageSnapshot message = created.message();
        return new MessageCreated(snapshot(conversationId, message, null), created.clientId());
    }

    static MessageSnapshot snapshot(String conversationId, MessageSnapshot message, MessageRevision changes) {
        return new MessageSnapshot(
                message.id() + "@" + conversationId,
                TENANT,
                conversationId,
                message.seq(),
                message.ordinal(),
                1,
                message.sender(),
                message.senderKind(),
                null,
                message.blocks(),
                null,
                List.of(),
                message.createdAt(),
                changes);
    }

    /** A message after a change. */
    MessageSnapshot changed(String conversationId, String sender, long seq, long revision) {
        Instant now = Instant.now();
        MessageRevision changes = new MessageRevision(
                revision, now, now, null, List.of(new Reaction("+1", List.of(bob))), new Pin(bob, now));
        return snapshot(conversationId, text(sender, seq).message(), changes);
    }

    /** What is left of a message that was deleted. */
    MessageSnapshot tombstone(String conversationId, String sender, long seq, long revision) {
        MessageSnapshot sent = text(sender, seq).message();
        Instant now = Instant.now();
        return snapshot(
                conversationId,
                sent.with(null, List.of(), null),
                new MessageRevision(revision, now, null, now, List.of(), null));
    }

    ConversationCreated created(String conversationId, String... members) {
        List<Participant> participants = new ArrayList<>();
        for (String member : members) {
            participants.add(new Participant(user(member), Role.MEMBER, Instant.now()));
        }
        return new ConversationCreated(
                conversationId, TENANT, ConversationKind.GROUP, "Team", null, bob, participants, Instant.now());
    }

    ReceiptRead read(String conversationId, String reader, long seq, String sender) {
        return new ReceiptRead(
                conversationId,
                TENANT,
                reader,
                "m" + seq,
                seq,
                0,
                Instant.now(),
                List.of(new ReceivedMessage("m" + seq, seq, sender)),
                List.of(),
                seq);
    }

    ReceiptDelivered delivered(String conversationId, String to, long seq, String sender) {
        return new ReceiptDelivered(
                conversationId,
                TENANT,
                to,
                seq,
                0,
                Instant.now(),
                List.of(new ReceivedMessage("m" + seq, seq, sender)));
    }

    /** One of each kind, with Alice in and out of the conversation. */
    List<Event> everything(long seq) {
        String other = "other-" + conversation;
        return List.of(
                textIn(conversation, bob, seq),
                textIn(conversation, alice, seq + 1),
                new MessageEdited(changed(conversation, bob, seq, 1)),
                new ReactionChanged(changed(conversation, bob, seq, 2), bob, "+1", true),
                new MessagePinned(changed(conversation, bob, seq, 3)),
                new MessageDeleted(tombstone(conversation, alice, seq + 1, 1), alice),
                read(conversation, bob, seq + 1, alice),
                read(conversation, alice, seq, bob),
                delivered(conversation, bob, seq + 1, alice),
                new MessageHidden(conversation, TENANT, alice, "hidden-" + seq, seq, null),
                noticeIn(conversation, seq + 2, NoticeKind.MEMBERS_ADDED, carol, "dave-" + carol),
                new ConversationUpdated(conversation, TENANT, null),
                noticeIn(conversation, seq + 3, NoticeKind.MEMBER_REMOVED, alice),
                textIn(conversation, bob, seq + 4),
                read(conversation, bob, seq + 4, alice),
                noticeIn(conversation, seq + 5, NoticeKind.MEMBERS_ADDED, alice),
                textIn(conversation, bob, seq + 6),
                created(other + seq, alice, bob),
                textIn(other + seq, bob, 1),
                new ConversationDeleted(other + seq, TENANT, null, bob, List.of(alice, bob)),
                textIn(other + seq, bob, 2),
                new ConversationAdvanced(conversation, TENANT, seq + 6),
                new ConversationDeleted(conversation, TENANT, alice, alice));
    }
}
