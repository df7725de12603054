package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PresenceSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "typing-interval, -1s",
        "token-renewal-margin, -1s",
        "typing-expiry, 0s",
        "offline-grace, -1s",
        "away-after, -1s",
        "last-seen-interval, -1s",
        "max-observers, -1",
        "drain-window, -1s",
        "nodes.heartbeat, 0s",
        "nodes.lease, 1s",
        "nodes.start-wait, -1s",
        "nodes.max-conversations, 0",
        "socket-io.connect-timeout, 0s",
        "socket-io.max-refusals, 0",
        "socket-io.event-timeout, 0s",
        "socket-io.max-namespaces, 0",
        "socket-io.max-attachments, -1",
        "socket-io.max-running-events, 0",
        "socket-io.max-pending-events, 0",
        "socket-io.max-pending-acks, 0",
        "socket-io.packets.max-unadmitted, 0B",
        "socket-io.packets.max-unadmitted, 2GB",
        "socket-io.packets.max-tokens, 0",
        "socket-io.packets.max-depth, 0",
        "socket-io.engine.ping-interval, 0s",
        "socket-io.engine.ping-timeout, 0s",
        "socket-io.engine.upgrade-timeout, 0s",
        "socket-io.engine.max-payload, 0B",
        "socket-io.engine.max-payload, 2GB",
        "socket-io.engine.max-packets-per-payload, 0",
        "addresses.max-sessions, -1",
        "addresses.max-unadmitted, -1",
        "addresses.failures-per-second, -1",
        "addresses.failures-burst, 0",
        "addresses.retry-after, 0s",
        "addresses.max-tracked, 0",
        "addresses.trusted-hops, -1",
        "outbound.max-pending, 0B",
        "outbound.drop-above, 2MB",
        "outbound.flush-window, -1s",
        "outbound.flushes-per-window, -1",
        "delivery.interval, -1s",
        "delivery.retry, 0s",
        "delivery.max-batch, 0",
        "delivery.max-waiting, 0",
        "updates.interval, 0s",
        "updates.members-per-interval, 0",
        "updates.max-interval, 1ms",
        "updates.max-conversations, 0",
        "updates.max-in-flight, 0",
        "updates.max-users-per-request, 501",
        "recovery.horizon, 0s",
        "recovery.max-bytes, 0B",
        "recovery.position-interval, 0s",
        "recovery.max-wait, 0s",
        "recovery.max-missed, 0",
        "recovery.catch-up-timeout, 0s",
        "recovery.max-clock-skew, -1s",
        "recovery.max-stall, 0s",
        "recovery.max-concurrent-announcements, 0",
        "recovery.announcement-timeout, 0s",
        "limits.per-second, -1",
        "limits.burst, 0",
        "limits.connections-per-second, -1",
        "limits.connections-burst, 0",
        "limits.connection-wait, -1s",
        "limits.connection-wait, 10s",
        "limits.max-connections, -1",
        "limits.max-tracked, 0",
        "session.max-concurrent-lookups, 0",
        "session.max-online-users, -1",
        "membership.change-retention, 0s",
        "membership.max-changed-users, 0",
        "membership.max-changes-per-user, 0",
        "stream.max-event-ids, 0",
        "stream.max-sequences, 0",
        "typing.max-conversations-per-device, 0",
        "typing.max-conversations, 0",
        "typing.max-users-per-conversation, 0",
        "last-seen.store-delay, -1s",
        "last-seen.store-retry, 0s",
        "last-seen.max-batch, 0",
        "last-seen.max-waiting, 0",
        "last-seen.privacy-cache-time, 0s",
        "last-seen.max-cached-privacy, 0",
        "last-seen.privacy-timeout, 0s"
    })
    void refusesABadValueWithTheNameOfItsProperty(String name, String value) {
        String property = "parley.presence." + name;

        assertThatThrownBy(() -> bind(Map.of(property, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(property.replace(".", "\\.") + " must .+");
    }

    @Test
    void refusesABadRateOfAnEventWithItsName() {
        assertThatThrownBy(() -> bind(Map.of(
                        "parley.presence.limits.events.typing.per-second", 1,
                        "parley.presence.limits.events.typing.burst", 0)))
                .hasMessageContaining("parley.presence.limits.events.typing")
                .rootCause()
                .hasMessageContaining("burst must be positive");
    }

    @Test
    void bindsNestedSettingsNextToThoseWithASimilarName() {
        PresenceSettings settings = bind(Map.of(
                "parley.presence.typing-interval",
                "3s",
                "parley.presence.typing.max-conversations",
                7,
                "parley.presence.last-seen-interval",
                "1m",
                "parley.presence.last-seen.max-batch",
                8));

        assertThat(settings.typingInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.typingExpiry()).isEqualTo(Duration.ofSeconds(6));
        assertThat(settings.typing().maxConversations()).isEqualTo(7);
        assertThat(settings.lastSeenInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.lastSeen().maxBatch()).isEqualTo(8);
    }

    private static PresenceSettings bind(Map<String, ?> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("parley.presence", PresenceSettings.class);
    }
}
