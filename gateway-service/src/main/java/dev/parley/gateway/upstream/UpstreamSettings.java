package dev.parley.gateway.upstream;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway treats the services behind it.
 *
 * @param responseTimeout how long a service that has the whole request may take until the first byte of its answer
 * @param uploadTimeout the same for a service that must store a file; also how long it may take nothing of one that is coming
 * @param pollTimeout the same for a long poll of a socket, which is slow on purpose
 * @param handshakeTimeout how long a service may take to accept a WebSocket
 * @param maxConnections connections to one service, sockets among them
 * @param breakerWindow how many of the last calls the circuit breaker of a service looks at
 * @param breakerMinimum how many calls it must have seen before it may open
 * @param breakerFailurePercent the share of failed calls from which on it opens
 * @param breakerOpen how long it then refuses every call before it tries a few
 * @param breakerTrials how many calls it tries
 */
@ConfigurationProperties("parley.gateway.upstream")
public record UpstreamSettings(
        @DefaultValue("4800ms") Duration responseTimeout,
        @DefaultValue("60s") Duration uploadTimeout,
        @DefaultValue("90s") Duration pollTimeout,
        @DefaultValue("10s") Duration handshakeTimeout,
        @DefaultValue("20000") int maxConnections,
        @DefaultValue("20") int breakerWindow,
        @DefaultValue("10") int breakerMinimum,
        @DefaultValue("50") float breakerFailurePercent,
        @DefaultValue("5s") Duration breakerOpen,
        @DefaultValue("3") int breakerTrials) {

    public UpstreamSettings {
        SettingsCheck.of("parley.gateway.upstream")
                .positive("response-timeout", responseTimeout)
                .positive("upload-timeout", uploadTimeout)
                .positive("poll-timeout", pollTimeout)
                .positive("handshake-timeout", handshakeTimeout)
                .positive("max-connections", maxConnections)
                .positive("breaker-window", breakerWindow)
                .positive("breaker-minimum", breakerMinimum)
                .require(
                        breakerFailurePercent > 0 && breakerFailurePercent <= 100,
                        "breaker-failure-percent",
                        "must be more than 0 and at most 100")
                .positive("breaker-open", breakerOpen)
                .positive("breaker-trials", breakerTrials);
    }
}
