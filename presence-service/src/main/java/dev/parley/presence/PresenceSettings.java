package dev.parley.presence;

import dev.parley.presence.cluster.NodeSettings;
import dev.parley.presence.delivery.DeliverySettings;
import dev.parley.presence.limit.LimitSettings;
import dev.parley.presence.socketio.SocketIoSettings;
import dev.parley.presence.stream.RecoverySettings;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.update.UpdateSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How presence-service holds its clients.
 *
 * @param typingInterval how often at most one user's typing in one conversation is told again
 * @param tokenRenewalMargin how long before its end a socket's token is replaced when the socket acts
 * @param typingExpiry how long somebody counts as typing who was not told again to type
 * @param offlineGrace how long a user without devices still counts as online
 * @param awayAfter how long a user's devices are not used before the user counts as away; zero for never
 * @param lastSeenInterval how often it is stored that those who are here were seen; zero for only when they go
 * @param maxObservers members of a conversation who are online before it is not told there any more who comes
 * @param drainWindow over how long the clients are sent away when the service stops; zero sends all at once. Shorter than
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}, after which the rest are dropped
 * @param nodes how the nodes know of each other
 * @param socketIo Socket.IO
 * @param outbound what may wait for one client
 * @param delivery how it is reported that messages were delivered
 * @param updates how often members are told what became of a conversation
 * @param recovery how clients that were away are told what they missed
 * @param limits how often one user may do what
 */
@ConfigurationProperties("parley.presence")
public record PresenceSettings(
        @DefaultValue("2s") Duration typingInterval,
        @DefaultValue("30s") Duration tokenRenewalMargin,
        @DefaultValue("10s") Duration typingExpiry,
        @DefaultValue("5s") Duration offlineGrace,
        @DefaultValue("10m") Duration awayAfter,
        @DefaultValue("5m") Duration lastSeenInterval,
        @DefaultValue("1000") int maxObservers,
        @DefaultValue("5s") Duration drainWindow,
        @DefaultValue NodeSettings nodes,
        @DefaultValue SocketIoSettings socketIo,
        @DefaultValue OutboundLimits outbound,
        @DefaultValue DeliverySettings delivery,
        @DefaultValue UpdateSettings updates,
        @DefaultValue RecoverySettings recovery,
        @DefaultValue LimitSettings limits) {

    public PresenceSettings {
        if (limits.connectionWait().compareTo(socketIo.connectTimeout()) >= 0) {
            throw new IllegalArgumentException("limits.connectionWait must be shorter than socketIo.connectTimeout");
        }
    }
}
