package dev.parley.presence.chatcore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationUpdated;
import dev.parley.events.SessionEnded;
import dev.parley.platform.test.DocumentedMetrics;
import dev.parley.platform.test.RecoveringClient;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import dev.parley.presence.transport.RawSocket;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What operators see after real traffic. */
class MetricsTest extends RecoveryTest {

    @Autowired
    private MeterRegistry meters;

    @Test
    void areNamedOnThePageOfAllMetrics() throws IOException {
        DocumentedMetrics.assertNamed(meters);
    }

    @Test
    void timesCommandsByNameAndOutcome() {
        Device phone = connect(alice);
        long joined = count("parley.commands", "command", "join_room", "outcome", "success");
        long refused = count("parley.commands", "command", "join_room", "outcome", "refused");
        long unknown = count("parley.commands", "command", "unknown", "outcome", "refused");

        phone.succeed("join_room", conversation);
        phone.fail("join_room", "conversation-of-others");
        phone.fail("no_such_command", Map.of());

        // What is counted is counted with the answer or just after it.
        Until.satisfied(() -> {
            assertThat(count("parley.commands", "command", "join_room", "outcome", "success"))
                    .isEqualTo(joined + 1);
            assertThat(count("parley.commands", "command", "join_room", "outcome", "refused"))
                    .isEqualTo(refused + 1);
            assertThat(count("parley.commands", "command", "unknown", "outcome", "refused"))
                    .isEqualTo(unknown + 1);
        });
        assertThat(timer("parley.commands", "command", "join_room", "outcome", "success")
                        .totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    @Test
    void countsAdmissionsByOutcomeAndCode() {
        long admitted = count("parley.admissions", "outcome", "admitted", "code", "");
        long postponed = count("parley.admissions", "outcome", "postponed", "code", "");

        Device phone = connect(alice);
        SERVICES.membershipsToRefuse = 1;
        try (RawSocket socket =
                RawSocket.open(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"))) {
            socket.next();
            socket.send("40/chat,{\"token\":\"" + TestTokens.tokenFor(bob, TENANT) + "\"}");
            assertThat(socket.awaitClose()).isEqualTo(1013);
        }
        publish(new SessionEnded(alice, TENANT, "session-of-" + alice));
        phone.awaitClosed();
        String code =
                Device.refused(port, alice, TENANT).path("data").path("code").asString();

        Until.satisfied(() -> {
            assertThat(count("parley.admissions", "outcome", "admitted", "code", ""))
                    .isEqualTo(admitted + 1);
            assertThat(count("parley.admissions", "outcome", "postponed", "code", ""))
                    .isEqualTo(postponed + 1);
        });
        assertThat(code).isEqualTo("auth.invalid-token");
        assertThat(count("parley.admissions", "outcome", "refused", "code", code))
                .isPositive();
    }

    @Test
    void countsHowManyMessagesWereDeliveredWithinASecond() {
        Device bobPhone = connect(bob);

        publish(text(alice, 1));
        bobPhone.awaitOne("new_message");

        Until.satisfied(() -> assertThat(meters.get("parley.fanout.latency")
                        .timer()
                        .takeSnapshot()
                        .histogramCounts())
                .anySatisfy(bucket -> {
                    assertThat(bucket.bucket(TimeUnit.SECONDS)).isEqualTo(1);
                    assertThat(bucket.count()).isPositive();
                }));
    }

    @Test
    void timesReplays() {
        long whole = count("parley.replays", "outcome", "whole");
        RecoveringClient phone = connected(alice);
        RecoveringClient tablet = connected(alice);
        publish(textIn(conversation, bob, 1));
        phone.await("new_message", 1);
        phone.cut();
        publish(textIn(conversation, bob, 2));
        settle(conversation, tablet, alice);

        phone.connect(port);
        phone.await("new_message", 2);

        Until.satisfied(
                () -> assertThat(count("parley.replays", "outcome", "whole")).isEqualTo(whole + 1));
        Until.satisfied(() -> assertThat(gauge("parley.replays.running")).isZero());
    }

    @Test
    void showsHowManyConversationUpdatesArePendingAndTheAgeOfTheOldest() {
        Device phone = connect(alice);
        Until.satisfied(
                () -> assertThat(gauge("parley.conversation-updates.pending")).isZero());
        assertThat(gauge("parley.conversation-updates.oldest.seconds")).isZero();
        Sinks.Empty<Void> arrival = Sinks.empty();
        SERVICES.viewsArrive = arrival.asMono();

        publish(new ConversationUpdated(conversation, TENANT, null));

        Until.satisfied(() -> {
            assertThat(gauge("parley.conversation-updates.pending")).isEqualTo(1);
            assertThat(gauge("parley.conversation-updates.oldest.seconds")).isGreaterThan(0.1);
        });
        SERVICES.viewsArrive = Mono.empty();
        arrival.tryEmitEmpty();
        phone.awaitOne("conversation_updated");
        Until.satisfied(
                () -> assertThat(gauge("parley.conversation-updates.pending")).isZero());
    }

    @Test
    void showsHowManyDeliveriesWaitToBeReported() {
        connect(alice);
        Device bobPhone = connect(bob);
        SERVICES.deliveriesToRefuse = 3;

        publish(text(alice, 1));
        bobPhone.awaitOne("new_message");

        Until.satisfied(() -> assertThat(gauge("parley.deliveries.waiting")).isPositive());
        Until.satisfied(() -> {
            assertThat(SERVICES.deliveriesToRefuse).isZero();
            assertThat(gauge("parley.deliveries.waiting")).isZero();
            assertThat(gauge("parley.deliveries.checking")).isZero();
        });
    }

    private Timer timer(String name, String... tags) {
        return meters.timer(name, tags);
    }

    private long count(String name, String... tags) {
        return timer(name, tags).count();
    }

    private double gauge(String name) {
        Gauge gauge = meters.get(name).gauge();
        return gauge.value();
    }
}
