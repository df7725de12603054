package dev.parley.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import dev.parley.presence.engineio.EngineIoServer;
import dev.parley.presence.engineio.EngineIoSession;
import dev.parley.presence.engineio.EngineIoSettings;
import dev.parley.presence.engineio.RawPolling;
import dev.parley.presence.engineio.SessionListener;
import dev.parley.presence.transport.Recipient.Backlog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

/** The shared core, over real sockets; Engine.IO only carries it. */
@ExtendWith(EventLoopGuard.class)
class FanoutTest {

    private static final WireForm PLAIN = new WireForm() {};
    private static final WireForm SHOUTED = new WireForm() {};
    private static final int LOOPS = 2;

    private final BlockingQueue<EngineIoSession> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final Rooms<String, Recipient> rooms = new Rooms<>();
    private LiveServer server;

    @BeforeEach
    void start() {
        server = new LiveServer(LOOPS, OutboundLimits.defaults());
        EngineIoServer engine =
                new EngineIoServer(EngineIoSettings.defaults(), server.fanout(), server.addresses(), session -> {
                    sessions.add(session);
                    return new Listener();
                });
        server.serve(0, List.of(engine.handlerMapping(List.of("/engine.io"))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawSocket join(String room, WireForm form) {
        RawSocket socket = RawSocket.open(server.webSocket("/engine.io/?EIO=4&transport=websocket"));
        socket.next();
        member(room, form);
        return socket;
    }

    private Member member(String room, WireForm form) {
        try {
            EngineIoSession session = sessions.poll(10, TimeUnit.SECONDS);
            Member member = new Member(session, form);
            rooms.register(member);
            rooms.join(member, room);
            return member;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int send(String room, String data) {
        return server.fanout().send(rooms.membersOf(room), form -> {
            if (form == SHOUTED) {
                return WireMessage.of(Frame.text("4" + data.toUpperCase()));
            }
            return form == PLAIN ? WireMessage.of(Frame.text("4" + data)) : null;
        });
    }

    @Test
    void encodesAnEventOnceForEachWireForm() {
        List<RawSocket> plain = new ArrayList<>();
        List<RawSocket> shouted = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            plain.add(join("room", PLAIN));
            shouted.add(join("room", SHOUTED));
        }
        RawPolling poller = RawPolling.open(server.http("/engine.io/"));
        member("room", PLAIN);
        AtomicInteger encodings = new AtomicInteger();

        int reached = server.fanout().send(rooms.membersOf("room"), form -> {
            encodings.incrementAndGet();
            return WireMessage.of(Frame.text(form == PLAIN ? "4hello" : "4HELLO"));
        });

        assertThat(reached).isEqualTo(21);
        assertThat(plain).allSatisfy(socket -> assertThat(socket.next()).isEqualTo("4hello"));
        assertThat(shouted).allSatisfy(socket -> assertThat(socket.next()).isEqualTo("4HELLO"));
        assertThat(poller.poll().body()).isEqualTo("4hello");
        assertThat(encodings).hasValue(2);
        assertThat(server.counted("encoded")).isEqualTo(2);
        plain.forEach(RawSocket::close);
        shouted.forEach(RawSocket::close);
    }

    /** Who goes on may wait for a lock, under which others wait for the loop. */
    @Test
    void completesOutsideTheEventLoopsWhenAllIsWritten() {
        try (RawSocket socket = join("room", PLAIN)) {
            assertThat(send("room", "hello")).isEqualTo(1);

            Thread goesOn = server.fanout()
                    .whenWritten()
                    .then(Mono.fromCallable(Thread::currentThread))
                    .block();

            assertThat(goesOn.getName()).startsWith("parallel");
            assertThat(socket.next()).isEqualTo("4hello");
        }
    }

    @Test
    void skipsRecipientsWhoseFormHasNoEncoding() {
        try (RawSocket other = join("room", new WireForm() {});
                RawSocket plain = join("room", PLAIN)) {
            assertThat(send("room", "hello")).isEqualTo(1);

            assertThat(plain.next()).isEqualTo("4hello");
            assertThat(other.poll(Duration.ofMillis(100))).isNull();
        }
    }

    @Test
    void flushesEachSocketOnceInAFewTurnsOfTheLoops() {
        List<RawSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sockets.add(join("room", PLAIN));
        }
        server.fanout().whenWritten().block();
        double turns = server.counted("turns");
        double flushed = server.counted("flushed");

        send("room", "hello");

        assertThat(sockets).allSatisfy(socket -> assertThat(socket.next()).isEqualTo("4hello"));
        assertThat(server.counted("turns") - turns).isBetween(1.0, 2.0 * LOOPS);
        assertThat(server.counted("flushed") - flushed).isEqualTo(20);
        sockets.forEach(RawSocket::close);
    }

    @Test
    void collectsWritesUnderLoad() {
        int events = 500;
        List<RawSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sockets.add(join("room", PLAIN));
        }
        double flushed = server.counted("flushed");

        for (int i = 0; i < events; i++) {
            send("room", String.valueOf(i));
        }

        assertThat(sockets).allSatisfy(socket -> {
            for (int i = 0; i < events; i++) {
                assertThat(socket.next()).isEqualTo("4" + i);
            }
        });
        assertThat(server.counted("flushed") - flushed).isLessThan(events * 20 / 4.0);
        sockets.forEach(RawSocket::close);
    }

    @Test
    void keepsTheOrderOfSendsFromDifferentThreads() {
        int rounds = 300;
        try (RawSocket socket = join("room", PLAIN)) {
            Recipient member = rooms.membersOf("room").iterator().next();
            EngineIoSession session = ((Member) member).session;
            // Each send begins after the one before has returned, on another thread: the room, the session, its loop.
            for (int i = 0; i < rounds; i++) {
                int number = i * 3;
                CompletableFuture.runAsync(() -> send("room", String.valueOf(number)))
                        .join();
                session.send(WireMessage.of(Frame.text("4" + (number + 1))));
                session.loop()
                        .submit(() -> send("room", String.valueOf(number + 2)))
                        .syncUninterruptibly();
            }

            for (int i = 0; i < rounds * 3; i++) {
                assertThat(socket.next()).isEqualTo("4" + i);
            }
        }
    }

    @Test
    void disconnectsAReaderThatStopsAndServesTheOthers() throws Exception {
        int megabytes = 24;
        try (RawSocket one = join("room", PLAIN);
                RawSocket two = join("room", PLAIN);
                Socket stalled = stalledMember("room")) {
            String kilobytes = "x".repeat(64 * 1024);
            long slowest = 0;
            for (int i = 0; i < megabytes * 16; i++) {
                long start = System.nanoTime();
                send("room", i + kilobytes);
                assertThat((String) one.next()).startsWith("4" + i);
                assertThat((String) two.next()).startsWith("4" + i);
                slowest = Math.max(slowest, System.nanoTime() - start);
            }

            assertThat(closed.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.SLOW_READER);
            assertThat(server.counted("closed", "reason", "slow-reader")).isEqualTo(1);
            assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(8));
            assertThat(stalled.isClosed()).isFalse();
        }
    }

    @Test
    void reportsWhetherTheKernelTookAllMessages() throws Exception {
        RawSocket taking = join("room", PLAIN);
        RawPolling polling = RawPolling.open(server.http("/engine.io/"));
        member("room", PLAIN);
        Recipient taker = rooms.membersOf("room").stream()
                .filter(one -> one.webSocket() != null)
                .findFirst()
                .orElseThrow();
        Recipient poller = rooms.membersOf("room").stream()
                .filter(one -> one.webSocket() == null)
                .findFirst()
                .orElseThrow();

        send("room", "hello");

        assertThat(taking.next()).isEqualTo("4hello");
        Until.satisfied(() -> assertThat(taker.backlog()).isEqualTo(Backlog.NONE));
        assertThat(poller.backlog()).isEqualTo(Backlog.WAITING);
        polling.poll();
        assertThat(poller.backlog()).isEqualTo(Backlog.NONE);
        taking.close();
        try (Socket stalled = stalledMember("other")) {
            Recipient reader = rooms.membersOf("other").iterator().next();
            String chunk = "x".repeat(128 * 1024);
            Until.satisfied(() -> {
                Backlog backlog = reader.backlog();
                if (backlog == Backlog.NONE) {
                    send("other", chunk);
                }
                assertThat(backlog).isEqualTo(Backlog.WAITING);
            });
            assertThat(stalled.isClosed()).isFalse();
        }
    }

    @Test
    void dropsDroppableMessagesBeforeItDisconnectsAReader() throws Exception {
        WireMessage typing = new WireMessage(List.of(Frame.text("4" + "t".repeat(16 * 1024))), true, null);
        try (Socket stalled = stalledMember("room")) {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                for (int i = 0; i < 100; i++) {
                    server.fanout().send(rooms.membersOf("room"), form -> typing);
                }
                server.fanout().whenWritten().block();
                return server.counted("dropped") > 100;
            });

            assertThat(closed).isEmpty();
            assertThat(stalled.isClosed()).isFalse();
        }
    }

    @Test
    void countsDroppedMessagesAsDroppedAndNotAsWritten() throws Exception {
        WireMessage typing = new WireMessage(List.of(Frame.text("4" + "t".repeat(16 * 1024))), true, null);
        try (Socket stalled = stalledMember("room")) {
            server.fanout().whenWritten().block();
            double dropped = server.counted("dropped");
            double written = server.counted("written");
            AtomicInteger handed = new AtomicInteger();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                for (int i = 0; i < 100; i++) {
                    handed.addAndGet(server.fanout().send(rooms.membersOf("room"), form -> typing));
                }
                server.fanout().whenWritten().block();
                return server.counted("dropped") - dropped > 100;
            });

            assertThat(server.counted("written") - written)
                    .isEqualTo(handed.get() - (server.counted("dropped") - dropped));
            assertThat(stalled.isClosed()).isFalse();
        }
    }

    @Test
    void sendsNothingToMembersWhoLeft() {
        try (RawSocket socket = join("room", PLAIN)) {
            Recipient member = rooms.membersOf("room").iterator().next();
            rooms.leave(member, "room");

            assertThat(send("room", "hello")).isZero();

            rooms.unregister(member);
            rooms.join(member, "room");
            assertThat(rooms.membersOf("room")).isEmpty();
            assertThat(socket.poll(Duration.ofMillis(50))).isNull();
        }
    }

    @Test
    void closesAllConnectionsOfARoom() {
        try (RawSocket inside = join("user:1", PLAIN);
                RawSocket outside = join("user:2", PLAIN)) {
            assertThat(Audience.of(rooms, List.of("user:1")).close(CloseReason.REVOKED))
                    .isEqualTo(1);

            assertThat(inside.awaitClose()).isEqualTo(1008);
            send("user:2", "hello");
            assertThat(outside.next()).isEqualTo("4hello");
        }
    }

    @Test
    void writesFramesOfEveryLength() {
        try (RawSocket socket = join("room", PLAIN)) {
            for (int length : new int[] {0, 1, 124, 125, 126, 65_534, 65_535, 65_536, 300_000}) {
                String data = "é".repeat(length / 2) + "x".repeat(length % 2);
                send("room", data);

                assertThat(socket.next()).isEqualTo("4" + data);
            }
        }
    }

    /** A member that does the handshake by hand and then never reads again. */
    private Socket stalledMember(String room) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        String request = "GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        member(room, PLAIN);
        return socket;
    }

    private final class Listener implements SessionListener {

        @Override
        public void text(String data) {}

        @Override
        public void binary(byte[] data) {}

        @Override
        public void closed(CloseReason reason) {
            if (reason == CloseReason.SLOW_READER) {
                closed.add(reason);
            }
        }
    }

    private static final class Member implements Recipient {

        private final EngineIoSession session;
        private final WireForm form;

        Member(EngineIoSession session, WireForm form) {
            this.session = session;
            this.form = form;
        }

        @Override
        public String id() {
            return session.id();
        }

        @Override
        public WireForm form() {
            return form;
        }

        @Override
        public @Nullable WebSocketChannel webSocket() {
            return session.outbound().webSocket();
        }

        @Override
        public void deliver(WireMessage message) {
            session.send(message);
        }

        @Override
        public Backlog backlog() {
            return session.outbound().isDrained() ? Backlog.NONE : Backlog.WAITING;
        }

        @Override
        public void close(CloseReason reason) {
            session.close(reason);
        }
    }
}
