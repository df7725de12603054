package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value that cannot be used stops the start, with the name of its property. */
class SettingsTest extends GatewayTest {

    @ParameterizedTest
    @CsvSource({
        "parley.gateway.upstream.response-timeout, 0s, must be positive",
        "parley.gateway.upstream.max-connections, 0, must be positive",
        "parley.gateway.upstream.breaker-failure-percent, 101, must be more than 0 and at most 100",
        "parley.gateway.rate-limit.user-per-second, -1, must be positive",
        "parley.gateway.limits.body, 0B, must be positive",
        "parley.gateway.limits.discard, -1B, must not be negative",
        "parley.gateway.limits.discard-time, -1s, must not be negative",
        "parley.gateway.limits.body-time, 0s, must be at least a millisecond",
        "parley.gateway.limits.transfer-idle, 0s, must be at least a millisecond",
        "parley.gateway.upstream.upload-timeout, 0s, must be positive",
        "parley.gateway.connections.max-per-address, 0, must be positive",
        "parley.gateway.connections.head-timeout, 0s, must be at least a millisecond",
        "parley.gateway.connections.idle-timeout, 0s, must be at least a millisecond",
        "parley.gateway.rate-limit.failures-per-second, 0, must be positive",
        "parley.gateway.rate-limit.failures-burst, 0, must be positive",
        "parley.gateway.sockets.close-timeout, 0s, must be positive",
        "parley.gateway.nodes.refresh, 0s, must be positive",
        "parley.gateway.readiness.interval, 0s, must be positive",
        "parley.gateway.cors.max-age, -1s, must not be negative",
        "parley.gateway.trusted-proxies, 10.0.0.0/eight, not an address or a network: 10.0.0.0/eight",
        "parley.client-settings.max-pinned-conversations, -1, must not be negative",
        "parley.client-settings.max-text-length, 0, must be positive",
        "parley.client-settings.uploads.max-image-size, 0B, must be positive",
        "parley.client-settings.uploads.max-video-size, 0B, must be positive",
        "parley.client-settings.uploads.max-audio-size, 0B, must be positive",
        "parley.client-settings.uploads.max-document-size, 0B, must be positive",
        "parley.client-settings.uploads.max-avatar-size, 0B, must be positive",
        "parley.client-settings.uploads.max-files-per-message, -1, must not be negative",
    })
    void namesTheProperty(String property, String value, String rule) {
        Throwable failure =
                catchThrowable(() -> start("--" + property + "=" + value).close());

        assertThat(failure).isNotNull().rootCause().hasMessageContainingAll(property, rule);
    }
}
