package dev.parley.presence;

import dev.parley.presence.socketio.SocketIoSettings;
import dev.parley.presence.transport.OutboundLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How presence-service holds its clients.
 *
 * @param maxRoster participants that a new conversation is announced with
 * @param typingInterval how often at most one user's typing in one conversation is told again
 * @param tokenRenewalMargin how long before its end a socket's token is replaced when the socket acts
 * @param socketIo Socket.IO
 * @param outbound what may wait for one client
 */
@ConfigurationProperties("parley.presence")
public record PresenceSettings(
        @DefaultValue("100") int maxRoster,
        @DefaultValue("2s") Duration typingInterval,
        @DefaultValue("30s") Duration tokenRenewalMargin,
        @DefaultValue SocketIoSettings socketIo,
        @DefaultValue OutboundLimits outbound) {}
