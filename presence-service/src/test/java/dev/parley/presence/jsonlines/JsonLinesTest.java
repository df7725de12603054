package dev.parley.presence.jsonlines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.Event;
import dev.parley.events.SessionEnded;
import dev.parley.platform.test.TestTokens;
import dev.parley.presence.chatcore.ChatServiceTest;
import dev.parley.presence.chatcore.Device;
import dev.parley.presence.session.DeviceSessions;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.RawSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a surface gets from the realtime core without a line of its own. */
@Import(JsonLinesTest.SecondSurface.class)
@TestPropertySource(
        properties = {
            "parley.presence.limits.events.echo.per-second=1",
            "parley.presence.limits.events.echo.burst=3",
            "parley.security.public-paths=/socket.io/**,/lines",
        })
class JsonLinesTest extends ChatServiceTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration MOMENT = Duration.ofMillis(300);

    @TestConfiguration(proxyBeanMethods = false)
    static class SecondSurface {

        @Bean
        JsonLinesSurface jsonLinesSurface() {
            return new JsonLinesSurface();
        }

        @Bean
        HandlerMapping jsonLinesMapping(DeviceSessions sessions, JsonLinesSurface surface, Fanout fanout) {
            return new SimpleUrlHandlerMapping(Map.of("/lines", new JsonLinesServer(sessions, surface, fanout)), -1);
        }
    }

    /** A client that remembers where it stands, as a real one would. */
    private final class Client implements AutoCloseable {

        private final String userId;
        private RawSocket socket;
        private @Nullable String session;
        private @Nullable String offset;

        Client(String userId) {
            this.userId = userId;
            connect();
        }

        /** Connects, again with what it remembers. */
        void connect() {
            String query = "?token=" + TestTokens.tokenFor(userId, TENANT);
            if (session != null) {
                query += "&session=" + session + "&offset=" + offset;
            }
            socket = RawSocket.open(URI.create("ws://127.0.0.1:" + port + "/lines" + query));
            session = next().path("session").asString();
        }

        JsonNode next() {
            JsonNode line = JSON.readTree((String) socket.next());
            if (line.has("offset")) {
                offset = line.path("offset").asString();
            }
            return line;
        }

        /** The next line that is no position. */
        JsonNode nextEvent() {
            JsonNode line = next();
            while (line.path("event").asString().equals("position")) {
                line = next();
            }
            return line;
        }

        JsonNode greeting() {
            JsonNode line = nextEvent();
            assertThat(line.path("event").asString()).as("%s", line).isEqualTo("hello");
            return line;
        }

        List<Long> seqs(int count) {
            List<Long> seqs = new ArrayList<>();
            while (seqs.size() < count) {
                JsonNode line = nextEvent();
                assertThat(line.path("event").asString()).as("%s", line).isEqualTo("message");
                seqs.add(line.path("seq").asLong());
            }
            return seqs;
        }

        void hearsNothing() {
            Instant end = Instant.now().plus(MOMENT);
            Object line = socket.poll(MOMENT);
            while (line != null) {
                assertThat((String) line).contains("\"position\"");
                line = socket.poll(Duration.between(Instant.now(), end));
            }
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(Client::close);
    }

    private Client client(String userId) {
        Client client = new Client(userId);
        clients.add(client);
        return client;
    }

    private Client greeted(String userId) {
        Client client = client(userId);
        client.greeting();
        return client;
    }

    private void publishTexts(int from, int to) {
        publish(IntStream.rangeClosed(from, to)
                .mapToObj(seq -> text(alice, seq))
                .toArray(Event[]::new));
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void sendsMessagesInOrderNextToTheOtherSurface() {
        Device alicePhone = connect(alice);
        Client bobs = greeted(bob);
        Client carols = greeted(carol);

        publishTexts(1, 100);

        assertThat(bobs.seqs(100)).isEqualTo(range(1, 100));
        assertThat(alicePhone.await("new_message", 100))
                .extracting(told -> told.path("message").path("seq").asLong())
                .isEqualTo(range(1, 100));
        carols.hearsNothing();
    }

    @Test
    void sendsARepeatedEventOnce() {
        Client bobs = greeted(bob);

        publishTexts(1, 5);
        publishTexts(3, 5);
        publishTexts(1, 7);

        assertThat(bobs.seqs(7)).isEqualTo(range(1, 7));
        bobs.hearsNothing();
    }

    @Test
    void replaysMissedEventsBeforeNewOnes() {
        Client bobs = greeted(bob);
        publishTexts(1, 3);
        bobs.seqs(3);
        bobs.close();
        Device alicePhone = connect(alice);
        publishTexts(4, 60);
        alicePhone.await("new_message", 57);

        bobs.connect();

        assertThat(bobs.seqs(57)).isEqualTo(range(4, 60));
        assertThat(bobs.greeting().has("resync")).isFalse();
        publishTexts(61, 62);
        assertThat(bobs.seqs(2)).isEqualTo(range(61, 62));
    }

    @Test
    void requiresAReloadIfTheOffsetIsInvalid() {
        Client bobs = greeted(bob);
        bobs.close();
        bobs.offset = "nonsense";

        bobs.connect();

        assertThat(bobs.greeting().path("resync").asString()).isEqualTo("unknown_offset");
    }

    @Test
    void followsMembershipLikeTheOtherSurface() {
        Client carols = greeted(carol);
        publishTexts(1, 1);
        carols.hearsNothing();

        publish(notice(alice, 2, NoticeKind.MEMBERS_ADDED, carol));
        publishTexts(3, 3);
        publish(notice(alice, 4, NoticeKind.MEMBER_REMOVED, carol));
        publishTexts(5, 5);

        assertThat(carols.seqs(3)).isEqualTo(range(2, 4));
        carols.hearsNothing();
    }

    @Test
    void disconnectsASlowReaderAloneAndReplaysToItLater() {
        Client bobs = greeted(bob);
        Device alicePhone = connect(alice);
        bobs.socket.stopReading();
        String longText = "long ".repeat(4_000);
        int messages = 600;

        for (int first = 1; first <= messages; first += 50) {
            publish(IntStream.range(first, first + 50)
                    .mapToObj(seq -> message(alice, seq, Block.Text.plain(longText)))
                    .toArray(Event[]::new));
            alicePhone.await("new_message", first + 49);
        }
        bobs.close();
        bobs.connect();

        assertThat(bobs.seqs(messages)).isEqualTo(range(1, messages));
    }

    @Test
    void limitsHowOftenACommandIsRun() {
        Client bobs = greeted(bob);

        for (int i = 0; i < 10; i++) {
            bobs.socket.send("command " + i);
        }

        List<String> answers = new ArrayList<>();
        while (answers.size() < 10) {
            JsonNode line = bobs.nextEvent();
            answers.add(line.path("code").asString(line.path("text").asString("")));
        }
        assertThat(answers.subList(0, 3)).containsExactly("command 0", "command 1", "command 2");
        assertThat(answers).contains("request.rate-limited");
    }

    @Test
    void closesTheDevicesOfARevokedSignIn() {
        Client bobs = greeted(bob);

        publish(new SessionEnded(bob, TENANT, "session-of-" + bob));

        assertThat(bobs.socket.awaitClose()).isEqualTo(1008);
    }
}
