package dev.parley.platform.event;

import dev.parley.events.Block;
import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationKind;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.CountStart;
import dev.parley.events.Event;
import dev.parley.events.FileProcessed;
import dev.parley.events.FileStatus;
import dev.parley.events.InvitationChanged;
import dev.parley.events.InvitationState;
import dev.parley.events.MessageAttachmentsProcessed;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessagePinned;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.MessageUnpinned;
import dev.parley.events.NodeHeartbeat;
import dev.parley.events.NodeSnapshotRequested;
import dev.parley.events.NodeSnapshotSent;
import dev.parley.events.NodeStopped;
import dev.parley.events.Participant;
import dev.parley.events.Pin;
import dev.parley.events.PreferencesChanged;
import dev.parley.events.PresenceChanged;
import dev.parley.events.Reaction;
import dev.parley.events.ReactionChanged;
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptCompleted.LastReading;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.events.ReplyReference;
import dev.parley.events.SenderKind;
import dev.parley.events.SessionEnded;
import dev.parley.events.TypingChanged;
import dev.parley.events.UserChanged;
import dev.parley.events.UserSummary;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of every type, and of messages with every type of block, by the names of their recordings. */
final class EventSamples {

    private static final Instant SENT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant LATER = SENT.plusSeconds(60);
    private static final List<Double> WAVEFORM = List.of(0.0, 0.25, 1.0);
    private static final UserSummary ANN = new UserSummary("u-ann", "ann", "Ann", "https://files.example/ann.png");
    private static final UserSummary BOB = new UserSummary("u-bob", "bob", "Bob", null);
    private static final UserSummary EVE = new UserSummary("u-eve", "eve", "Eve", null, "f-eve");
    private static final List<Participant> MEMBERS = List.of(
            new Participant(ANN, Participant.Role.ADMIN, SENT), new Participant(BOB, Participant.Role.MEMBER, SENT));
    private static final MessageRevision CHANGED = MessageRevision.after(null, LATER);

    private EventSamples() {}

    static Map<String, Event> all() {
        Map<String, Event> events = new LinkedHashMap<>();
        events.put(
                "conversation.created",
                new ConversationCreated(
                        "c-1", "t-1", ConversationKind.GROUP, "Team", "All of us", "u-ann", MEMBERS, SENT));
        events.put("conversation.updated", new ConversationUpdated("c-1", "t-1", null));
        events.put("conversation.updated-icon", new ConversationUpdated("c-1", "t-1", null, "f-1", null, null));
        events.put("conversation.updated-for-one", new ConversationUpdated("c-1", "t-1", "u-bob"));
        events.put("conversation.updated-name", new ConversationUpdated("c-1", "t-1", null, null, "Crew", null));
        events.put("conversation.updated-muted", ConversationUpdated.muted("c-1", "t-1", "u-bob", LATER));
        events.put("conversation.updated-unmuted", ConversationUpdated.muted("c-1", "t-1", "u-bob", null));
        events.put(
                "conversation.updated-cleared",
                ConversationUpdated.cleared("c-1", "t-1", "u-bob", new CountStart(9, 7, 2)));
        events.put(
                "conversation.updated-may-not-read",
                new ConversationUpdated(
                        "c-1", "t-1", "u-bob", null, null, new ConversationUpdated.MemberChange(null, null, false)));
        events.put("conversation.advanced", new ConversationAdvanced("c-1", "t-1", 7));
        events.put("conversation.returned", new ConversationReturned("c-1", "t-1", List.of("u-ann", "u-bob")));
        events.put(
                "conversation.deleted",
                new ConversationDeleted("c-1", "t-1", null, "u-ann", List.of("u-ann", "u-bob")));
        events.put("conversation.deleted-for-one", new ConversationDeleted("c-1", "t-1", "u-bob", "u-bob"));
        events.put(
                "conversation.deleted-cleared",
                new ConversationDeleted("c-1", "t-1", "u-bob", "u-bob", List.of(), new CountStart(9, 7, 2)));
        events.put("message.created", new MessageCreated(message(null, text()), "client-1"));
        events.put("message.created-media", new MessageCreated(message(null, text(), media()), null));
        events.put(
                "message.created-encrypted",
                new MessageCreated(message(null, new Block.Encrypted("{\"ciphertext\":\"AAEC\"}")), null));
        events.put(
                "message.created-sealed",
                new MessageCreated(
                        message(null, new Block.Sealed("k-1", "AQID", List.of(Block.MediaKind.IMAGE))), null));
        events.put("message.created-notice", new MessageCreated(notice(), null));
        events.put("message.edited", new MessageEdited(message(CHANGED.edited(), text(), media())));
        events.put("message.deleted", new MessageDeleted(message(CHANGED.deleted()), "u-ann"));
        events.put(
                "reaction.changed",
                new ReactionChanged(
                        message(CHANGED.with(List.of(new Reaction("👍", List.of("u-bob", "u-ann")))), text()),
                        "u-bob",
                        "👍",
                        true));
        events.put("message.pinned", new MessagePinned(message(CHANGED.with(new Pin("u-bob", LATER)), text())));
        events.put("message.unpinned", new MessageUnpinned(message(CHANGED, text()), "u-bob"));
        events.put(
                "message.attachments-processed",
                new MessageAttachmentsProcessed(message(CHANGED, text(), file().with(640, 480, 12.5, WAVEFORM, true))));
        events.put("message.created-file", new MessageCreated(message(null, text(), file()), null));
        events.put("message.hidden", new MessageHidden("c-1", "t-1", "u-bob", "m-8", 8, message(null, text())));
        events.put("message.hidden-all", new MessageHidden("c-1", "t-1", "u-bob", "m-8", 8, null));
        events.put("message.hidden-counts", new MessageHidden("c-1", "t-1", "u-bob", "m-8", 8, null, true));
        events.put(
                "receipt.read-ordinals",
                new ReceiptRead("c-1", "t-1", "u-bob", "m-7", 7, 5, LATER, List.of(), List.of(), 0, 6L, 2L));
        events.put(
                "receipt.read",
                new ReceiptRead(
                        "c-1",
                        "t-1",
                        "u-bob",
                        "m-7",
                        7,
                        5,
                        LATER,
                        List.of(new ReceivedMessage("m-7", 7, "u-ann")),
                        List.of("m-7"),
                        0));
        events.put(
                "receipt.completed",
                new ReceiptCompleted(
                        "c-1",
                        "t-1",
                        9,
                        List.of(new LastReading("u-bob", LATER, List.of(new ReceivedMessage("m-7", 7, "u-ann"))))));
        events.put(
                "receipt.delivered",
                new ReceiptDelivered(
                        "c-1", "t-1", "u-bob", 7, 6, LATER, List.of(new ReceivedMessage("m-7", 7, "u-ann"))));
        events.put(
                "user.changed",
                new UserChanged(
                        "u-ann",
                        "t-1",
                        "ann",
                        "Ann",
                        null,
                        null,
                        "https://files.example/ann.png",
                        "contacts",
                        null,
                        null));
        events.put(
                "user.changed-own-picture",
                new UserChanged("u-eve", "t-1", "eve", "Eve", null, null, null, null, true, "f-eve"));
        events.put(
                "preferences.changed",
                new PreferencesChanged(
                        "u-ann",
                        "t-1",
                        3,
                        true,
                        false,
                        null,
                        true,
                        null,
                        null,
                        new PreferencesChanged.QuietHours(true, "22:00", "07:00", "Europe/Berlin"),
                        "nobody"));
        events.put(
                "preferences.changed-email-digest",
                new PreferencesChanged(
                        "u-eve",
                        "t-1",
                        4,
                        null,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new PreferencesChanged.EmailDigest(true, 24)));
        events.put("session.ended", new SessionEnded("u-ann", "t-1", "s-1"));
        events.put(
                "invitation.changed", new InvitationChanged("c-1", "t-1", "u-bo", "u-ann", InvitationState.DECLINED));
        events.put(
                "file.processed",
                new FileProcessed("f-1", "t-1", "c-1", FileStatus.READY, 640, 480, 12.5, WAVEFORM, true, null));
        events.put(
                "file.processed-unattached",
                new FileProcessed("f-2", "t-1", null, FileStatus.INFECTED, null, null, null, null, false, null));
        events.put(
                "file.processed-uploader",
                new FileProcessed("f-3", "t-1", "c-1", FileStatus.FAILED, null, null, null, null, false, "u-ann"));
        events.put("typing.changed", new TypingChanged("u-ann", "t-1", "c-1", ANN, true, null));
        events.put("typing.changed-own-picture", new TypingChanged("u-eve", "t-1", "c-1", EVE, true, null));
        events.put(
                "presence.changed",
                new PresenceChanged("n-1", "u-ann", "t-1", PresenceChanged.Status.AWAY, SENT, List.of("c-1")));
        events.put(
                "presence.changed-open",
                new PresenceChanged(
                        "n-1",
                        "u-ann",
                        "t-1",
                        PresenceChanged.Status.ONLINE,
                        SENT,
                        List.of("c-1", "c-2"),
                        List.of("c-2")));
        events.put("node.alive", new NodeHeartbeat("n-1", SENT));
        events.put("node.left", new NodeStopped("n-1", SENT));
        events.put("node.asks", new NodeSnapshotRequested("n-1", "n-2"));
        events.put("node.asks-observer", new NodeSnapshotRequested("o-1", null, true));
        events.put("node.told", new NodeSnapshotSent("n-2", "n-1"));
        return events;
    }

    private static Block text() {
        return new Block.Text(Block.Format.MARKDOWN, "Hello *you* @bob", "Hello you @bob");
    }

    private static Block media() {
        return Block.Media.elsewhere(
                Block.MediaKind.VIDEO,
                "a-1",
                "https://files.example/a-1",
                "https://files.example/a-1/small",
                "cat.mp4",
                "video/mp4",
                123_456,
                640,
                480,
                12.5);
    }

    private static Block.Media file() {
        return Block.Media.kept(Block.MediaKind.VIDEO, "f-1", "cat.mp4", "video/mp4", 123_456);
    }

    private static MessageSnapshot message(@Nullable MessageRevision changes, Block... blocks) {
        return new MessageSnapshot(
                "m-7",
                "t-1",
                "c-1",
                7,
                6,
                3,
                ANN,
                SenderKind.USER,
                blocks.length == 0 ? null : "Title",
                List.of(blocks),
                blocks.length == 0 ? null : new ReplyReference("m-5", "Bob", "What was said", 5L, null, null),
                blocks.length == 0 ? List.of() : List.of("u-bob"),
                SENT,
                changes);
    }

    private static MessageSnapshot notice() {
        return new MessageSnapshot(
                "m-2",
                "t-1",
                "c-1",
                2,
                1,
                0,
                ANN,
                SenderKind.SYSTEM,
                null,
                List.of(new Block.Notice(Block.NoticeKind.MEMBERS_ADDED, List.of(MEMBERS.get(1)), "Ann added Bob")),
                null,
                List.of(),
                SENT,
                null);
    }
}
