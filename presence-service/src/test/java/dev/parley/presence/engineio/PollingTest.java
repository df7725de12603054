package dev.parley.presence.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.EventLoopGuard;
import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.transport.WireMessage;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

@ExtendWith(EventLoopGuard.class)
class PollingTest {

    private static final EngineIoSettings SMALL = EngineIoSettings.defaults().withInbound(DataSize.ofBytes(1000), 3);

    @Test
    void answersAWaitingPollAtOnce() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            CompletableFuture<HttpResponse<String>> poll = sessions.poller().pollLater();

            sessions.session().send(EngineIoTestServer.HELLO);

            assertThat(poll.join().body()).isEqualTo("4hello");
            assertThat(poll.join().headers().firstValue("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    void sendsNoCorsHeaders() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            CompletableFuture<HttpResponse<String>> poll = sessions.poller().pollLater();
            sessions.session().send(EngineIoTestServer.HELLO);

            assertThat(poll.join().headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase().startsWith("access-control"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bAQIDBA==", "bAQIDBA==\n", "bAQID\r\nBA==\r\n", "bAQIDBA"})
    void takesBase64AsClientsWriteIt(String packet) {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            assertThat(sessions.poller().post(packet).statusCode()).isEqualTo(200);

            assertThat(sessions.received()).isEqualTo(new byte[] {1, 2, 3, 4});
        }
    }

    @Test
    void refusesAPayloadThatIsTooLargeAndEndsTheSession() {
        try (EngineIoTestServer sessions = new EngineIoTestServer(SMALL, OutboundLimits.defaults())) {
            RawPolling poller = sessions.poller();

            assertThat(poller.post("4" + "x".repeat(1000)).statusCode()).isEqualTo(413);

            assertThat(sessions.closeReason()).isEqualTo(CloseReason.TOO_LARGE);
            assertThat(poller.poll().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void refusesAPayloadOfTooManyPacketsAndEndsTheSession() {
        try (EngineIoTestServer sessions = new EngineIoTestServer(SMALL, OutboundLimits.defaults())) {
            RawPolling poller = sessions.poller();
            assertThat(poller.post("4a\u001e4b\u001e4c").statusCode()).isEqualTo(200);

            assertThat(poller.post("4a\u001e4b\u001e4c\u001e4d").statusCode()).isEqualTo(400);

            assertThat(sessions.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void closesASessionWithMoreUnreadBytesThanTheLimit() {
        OutboundLimits limits = OutboundLimits.defaults().withPending(DataSize.ofBytes(1000), DataSize.ofBytes(500));
        try (EngineIoTestServer sessions = new EngineIoTestServer(EngineIoSettings.defaults(), limits)) {
            RawPolling poller = sessions.poller();
            EngineIoSession session = sessions.session();

            for (int i = 0; i < 11; i++) {
                session.send(EngineIoTestServer.text("x".repeat(99)));
            }

            assertThat(sessions.closeReason()).isEqualTo(CloseReason.SLOW_READER);
            assertThat(poller.poll().statusCode()).isEqualTo(400);
            assertThat(sessions.server().counted("closed", "reason", "slow-reader"))
                    .isEqualTo(1);
        }
    }

    @Test
    void dropsDroppableMessagesForASlowReader() {
        OutboundLimits limits = OutboundLimits.defaults().withPending(DataSize.ofBytes(1000), DataSize.ofBytes(500));
        try (EngineIoTestServer sessions = new EngineIoTestServer(EngineIoSettings.defaults(), limits)) {
            RawPolling poller = sessions.poller();
            EngineIoSession session = sessions.session();
            WireMessage typing = new WireMessage(List.of(Frame.text("4typing")), true, null);

            session.send(typing);
            session.send(EngineIoTestServer.text("x".repeat(600)));
            session.send(typing);
            session.send(EngineIoTestServer.HELLO);

            assertThat(poller.poll().body()).isEqualTo("4typing\u001e4" + "x".repeat(600) + "\u001e4hello");
            assertThat(sessions.server().counted("dropped")).isEqualTo(1);
        }
    }

    @Test
    void deliversMessagesSentBeforeAnOrderlyCloseToTheNextPoll() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling poller = sessions.poller();
            EngineIoSession session = sessions.session();

            session.send(EngineIoTestServer.HELLO);
            session.close(CloseReason.REVOKED);

            assertThat(sessions.closeReason()).isEqualTo(CloseReason.REVOKED);
            assertThat(poller.poll().body()).isEqualTo("4hello\u001e1");
            assertThat(poller.poll().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void closesASessionWithTwoPostsAtATime() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling poller = sessions.poller();
            // As a post does that is still arriving.
            assertThat(sessions.session().beginPost()).isTrue();

            assertThat(poller.post("4two").statusCode()).isEqualTo(400);

            assertThat(sessions.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void servesNextToRestAndBelowAnyPath() {
        try (EngineIoTestServer sessions = EngineIoTestServer.withDefaults()) {
            RawPolling deep = RawPolling.open(sessions.server().http("/deep/below/engine.io/"));

            assertThat(deep.post("4hello").body()).isEqualTo("ok");
            assertThat(sessions.received()).isEqualTo("hello");
            assertThat(RawPolling.call("GET", sessions.server().http("/api/health"), "")
                            .body())
                    .isEqualTo("fine");
            assertThat(sessions.session().request().path()).isEqualTo("/deep/below/engine.io/");
        }
    }
}
