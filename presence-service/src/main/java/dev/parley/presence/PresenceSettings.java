package dev.parley.presence;

import dev.parley.platform.settings.SettingsCheck;
import dev.parley.presence.delivery.DeliverySettings;
import dev.parley.presence.limit.UserLimitSettings;
import dev.parley.presence.membership.MembershipSettings;
import dev.parley.presence.online.LastSeenSettings;
import dev.parley.presence.session.SessionSettings;
import dev.parley.presence.socketio.SocketIoSettings;
import dev.parley.presence.stream.RecoverySettings;
import dev.parley.presence.stream.StreamSettings;
import dev.parley.presence.transport.AddressLimits;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.typing.TypingSettings;
import dev.parley.presence.update.UpdateSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of presence-service.
 *
 * @param typingInterval how often at most the typing of one device in one conversation is published again
 * @param tokenRenewalMargin how long before its end the token of a socket is renewed when the socket acts
 * @param typingExpiry after how long without a further report of a device its typing has ended
 * @param offlineGrace how long a user without devices still counts as online
 * @param awayAfter how long no device of a user must be used before the user is away; zero for never
 * @param lastSeenInterval how often it is stored that connected users were seen; zero for only when they disconnect
 * @param maxObservers with more online members a conversation does not show that users come online
 * @param drainWindow how long closing all connections takes when the service stops; zero closes them at once. Shorter than
 *     {@code spring.lifecycle.timeout-per-shutdown-phase}, after which the remaining ones are cut
 * @param nodes how the nodes know about each other
 * @param socketIo Socket.IO
 * @param addresses what the clients of one address may do together
 * @param outbound what may wait for one client
 * @param delivery how deliveries are reported
 * @param updates how often members are shown that a conversation has changed
 * @param recovery how clients that reconnect are sent what they missed
 * @param limits how often one user may do what
 * @param session how sessions begin
 * @param membership what is remembered about membership changes
 * @param stream what is remembered to recognise repeated events
 * @param typing how many typing users are remembered
 * @param fanout which events of conversations a node reads
 * @param lastSeen how it is stored when users were last seen, and looked up who may see it
 */
@ConfigurationProperties("parley.presence")
public record PresenceSettings(
        @DefaultValue("2s") Duration typingInterval,
        @DefaultValue("30s") Duration tokenRenewalMargin,
        @DefaultValue("6s") Duration typingExpiry,
        @DefaultValue("5s") Duration offlineGrace,
        @DefaultValue("10m") Duration awayAfter,
        @DefaultValue("5m") Duration lastSeenInterval,
        @DefaultValue("1000") int maxObservers,
        @DefaultValue("5s") Duration drainWindow,
        @DefaultValue ClusterSettings nodes,
        @DefaultValue SocketIoSettings socketIo,
        @DefaultValue AddressLimits addresses,
        @DefaultValue OutboundLimits outbound,
        @DefaultValue DeliverySettings delivery,
        @DefaultValue UpdateSettings updates,
        @DefaultValue RecoverySettings recovery,
        @DefaultValue UserLimitSettings limits,
        @DefaultValue SessionSettings session,
        @DefaultValue MembershipSettings membership,
        @DefaultValue StreamSettings stream,
        @DefaultValue TypingSettings typing,
        @DefaultValue FanoutSettings fanout,
        @DefaultValue LastSeenSettings lastSeen) {

    public PresenceSettings {
        SettingsCheck.of("parley.presence")
                .notNegative("typing-interval", typingInterval)
                .notNegative("token-renewal-margin", tokenRenewalMargin)
                .positive("typing-expiry", typingExpiry)
                .notNegative("offline-grace", offlineGrace)
                .notNegative("away-after", awayAfter)
                .notNegative("last-seen-interval", lastSeenInterval)
                .notNegative("max-observers", maxObservers)
                .notNegative("drain-window", drainWindow)
                .require(
                        limits.connectionWait().compareTo(socketIo.connectTimeout()) < 0,
                        "limits.connection-wait",
                        "must be shorter than parley.presence.socket-io.connect-timeout");
    }
}
