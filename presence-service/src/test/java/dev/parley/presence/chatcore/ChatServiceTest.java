package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Event;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.TraceReceiver;
import dev.parley.platform.test.Until;
import dev.parley.presence.transport.EventLoopGuard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The service as it runs: real clients, a real broker and a real store. Alice and Bob are members of a conversation, Carol
 * is not.
 */
@ExtendWith({EveryQueryHasAnIndex.class, EventLoopGuard.class})
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=presence-service",
            "parley.presence.offline-grace=3s",
            "parley.presence.typing-expiry=2s",
            "parley.presence.delivery.retry=200ms",
            "parley.presence.updates.interval=50ms",
            "parley.presence.recovery.position-interval=2s",
            "parley.presence.recovery.max-wait=4s",
            "parley.presence.recovery.max-bytes=" + ChatServiceTest.MAX_RECENT_BYTES
        })
public abstract class ChatServiceTest {

    protected static final String TENANT = "acme";

    /** So much that a node knows all that the tests of the last minutes did. */
    static final String MAX_RECENT_BYTES = "256MB";

    protected static final StubServices SERVICES = new StubServices();

    protected final String alice = "alice-" + Ids.next();
    protected final String bob = "bob-" + Ids.next();
    protected final String carol = "carol-" + Ids.next();
    protected final String conversation = "conversation-" + Ids.next();
    final List<Device> devices = new ArrayList<>();

    @LocalServerPort
    protected int port;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    private int markers;

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
        TraceReceiver.register(properties);
        properties.add("parley.services.auth", TestUsers::url);
        properties.add("parley.services.message", SERVICES::url);
        properties.add("parley.services.conversation", SERVICES::url);
        properties.add("parley.services.media", SERVICES::url);
    }

    @BeforeEach
    void aliceAndBobInAConversation() {
        TestUsers.register(TENANT, alice, bob, carol);
        SERVICES.member(conversation, alice, true, 0);
        SERVICES.member(conversation, bob, true, 0);
    }

    @AfterEach
    void disconnect() {
        devices.forEach(Device::close);
    }

    protected Device connect(String userId) {
        return connect(userId, "websocket");
    }

    protected Device connect(String userId, String transport) {
        Device device = Device.of(port, userId, TENANT, transport);
        devices.add(device);
        return device;
    }

    /** What the other services tell. Returns when the broker has it. */
    protected void publish(Event... told) {
        publisher.publish(Arrays.stream(told).map(events::pending).toList()).block();
    }

    /** An event that can be published several times. */
    protected PendingEvent pending(Event told) {
        return events.pending(told);
    }

    /** What other services tell, with what they tell again. Returns when the broker has it. */
    protected void publishAgain(PendingEvent... told) {
        publisher.publish(List.of(told)).block();
    }

    /** Returns when all devices were told what came before about the conversation. */
    protected void settle(Device... all) {
        for (Device device : all) {
            String marker = "marker-" + markers++;
            publish(new MessageHidden(conversation, TENANT, device.userId(), marker, markers, null));
            Until.satisfied(() -> assertThat(device.told("message_deleted_for_me"))
                    .anyMatch(one -> one.path("messageId").asString().equals(marker)));
        }
    }

    protected MessageCreated message(String sender, long seq, Block block) {
        boolean notice = block instanceof Block.Notice;
        return new MessageCreated(
                new MessageSnapshot(
                        "message-" + seq,
                        TENANT,
                        conversation,
                        seq,
                        seq,
                        1,
                        user(sender),
                        notice ? SenderKind.SYSTEM : SenderKind.USER,
                        null,
                        List.of(block),
                        null,
                        List.of(),
                        Instant.now(),
                        null),
                notice ? null : "temp-" + seq);
    }

    /** A change of a message that was sent before. */
    protected MessageEdited edited(String sender, long seq, long revision) {
        MessageSnapshot sent = text(sender, seq).message();
        Instant now = Instant.now();
        return new MessageEdited(new MessageSnapshot(
                sent.id() + "@" + conversation,
                TENANT,
                conversation,
                seq,
                seq,
                1,
                sent.sender(),
                SenderKind.USER,
                null,
                List.of(Block.Text.plain("edited " + revision)),
                null,
                List.of(),
                sent.createdAt(),
                new MessageRevision(revision, now, now, null, List.of(), null)));
    }

    protected MessageCreated text(String sender, long seq) {
        return message(sender, seq, Block.Text.plain("text " + seq));
    }

    protected MessageCreated notice(String actor, long seq, Block.NoticeKind kind, String... members) {
        List<Participant> about = Arrays.stream(members)
                .map(member -> new Participant(user(member), Participant.Role.MEMBER, Instant.now()))
                .toList();
        return message(actor, seq, new Block.Notice(kind, about, "Something changed"));
    }

    protected static UserSummary user(String userId) {
        return new UserSummary(userId, userId, "Name of " + userId, null);
    }
}
