package dev.parley.bench.capacity;

import dev.parley.bench.measure.Machine;
import dev.parley.events.Block;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.events.Topics;
import dev.parley.events.UserSummary;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.id.Ids;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.MemberRooms;
import dev.parley.presence.membership.MembershipSettings;
import dev.parley.presence.membership.OnlineMembers;
import dev.parley.presence.membership.RoomRegistry;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

/** Measures the memory for a user who is online at another node, and the CPU time for an event that is read. */
public final class NodeCostBenchmark {

    private static final int CONVERSATIONS = 30;
    private static final int MEMBERS = 10;
    private static final int EVENTS = 300_000;
    private static final String TENANT = "acme";
    private static final String TEXT = "Shall we meet at the usual place, or is it too far for you? ".repeat(3);

    private NodeCostBenchmark() {}

    /** Argument: how many users are online. */
    public static void main(String[] args) {
        int users = Integer.parseInt(args[0]);
        System.out.printf(Locale.ROOT, "load %.1f%n", Machine.load());
        System.out.printf(
                Locale.ROOT,
                "a user online at another node, with %d conversations of %d: %d bytes%n",
                CONVERSATIONS,
                MEMBERS,
                bytesOfAnOnlineUser(users));
        byte[] event = event();
        // The first rounds are those of the compilers.
        for (int round = 0; round < 5; round++) {
            System.out.printf(
                    Locale.ROOT, "reading an event of %d bytes: %.1f µs of CPU%n", event.length, microsToRead(event));
        }
    }

    private static long bytesOfAnOnlineUser(int users) {
        List<String> conversations = IntStream.range(0, users * CONVERSATIONS / MEMBERS)
                .mapToObj(i -> Ids.next())
                .toList();
        RoomRegistry rooms = new RoomRegistry();
        MemberRooms members = new MemberRooms(rooms, new MembershipSettings(Duration.ofMinutes(10), 100_000, 1_000));
        OnlineMembers online = new OnlineMembers(rooms, members);
        Random random = new Random(1);
        long before = usedBytes();
        for (int i = 0; i < users; i++) {
            online.userOnline(
                    new UserKey(TENANT, Ids.next()),
                    random.ints(CONVERSATIONS, 0, conversations.size())
                            .mapToObj(conversations::get)
                            .toList());
        }
        long used = usedBytes() - before;
        return rooms.count() == 0 ? 0 : used / users;
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static byte[] event() {
        return new EventCodec(new JsonMapper(), "/parley/bench")
                .pending(message())
                .data()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static MessageCreated message() {
        return new MessageCreated(
                new MessageSnapshot(
                        Ids.next(),
                        TENANT,
                        Ids.next(),
                        1,
                        1,
                        1,
                        new UserSummary(Ids.next(), "alice", "Alice Example", null),
                        SenderKind.USER,
                        null,
                        List.of(Block.Text.plain(TEXT)),
                        null,
                        List.of(),
                        Instant.now(),
                        null),
                Ids.next());
    }

    private static double microsToRead(byte[] data) {
        EventCodec codec = new EventCodec(new JsonMapper(), "/parley/bench");
        PendingEvent pending = codec.pending(message());
        long read = 0;
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < EVENTS; i++) {
            ConsumerRecord<String, byte[]> message =
                    new ConsumerRecord<>(Topics.CONVERSATIONS, 0, i, pending.key(), data);
            header(message, "ce_id", pending.id());
            header(message, "ce_type", pending.type());
            header(message, "ce_time", pending.time().toString());
            read += codec.decode(message).isPresent() ? 1 : 0;
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        return nanos / 1_000.0 / read;
    }

    private static void header(ConsumerRecord<?, ?> to, String name, String value) {
        to.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
