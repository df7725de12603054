package dev.parley.presence.limit;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often one user may do things, with all devices together. Of several nodes each lets a tenth of a rate through beside it, and what
 * may be done at once within the first second.
 *
 * @param perSecond events of one name per second in the long run, for events that {@code events} does not list; zero for no
 *     limit
 * @param burst such events at once
 * @param events the rates of events by name, in lower case with or without separators: {@code send-message}
 * @param connectionsPerSecond connections per second in the long run; zero for no limit
 * @param connectionsBurst connections at once
 * @param connectionWait how long at most a connection waits for its turn before it is closed; shorter than {@code
 *     socket-io.connect-timeout}, after which the client would be refused for good
 * @param maxConnections connections of one user at one node at a time, and how many more may wait; zero for no limit
 * @param maxTracked how many rates are remembered; the one that was idle longest is forgotten
 */
public record UserLimitSettings(
        @DefaultValue("20") int perSecond,
        @DefaultValue("100") int burst,
        @DefaultValue Map<String, Rate> events,
        @DefaultValue("2") int connectionsPerSecond,
        @DefaultValue("50") int connectionsBurst,
        @DefaultValue("8s") Duration connectionWait,
        @DefaultValue("100") int maxConnections,
        @DefaultValue("100000") int maxTracked) {

    public UserLimitSettings {
        Map<String, Rate> byName = new HashMap<>();
        events.forEach((name, rate) -> {
            // A rate whose name is written differently in several places was merged, so it is the same under all its
            // names.
            if (!rate.equals(byName.getOrDefault(plain(name), rate))) {
                throw new IllegalArgumentException("parley.presence.limits.events has two rates of the event " + name);
            }
            byName.put(plain(name), rate);
        });
        events = Map.copyOf(byName);
        SettingsCheck.of("parley.presence.limits")
                .notNegative("per-second", perSecond)
                .require(perSecond == 0 || burst > 0, "burst", "must be positive")
                .notNegative("connections-per-second", connectionsPerSecond)
                .require(connectionsPerSecond == 0 || connectionsBurst > 0, "connections-burst", "must be positive")
                .notNegative("connection-wait", connectionWait)
                .notNegative("max-connections", maxConnections)
                .positive("max-tracked", maxTracked);
    }

    Rate of(String event) {
        return events.getOrDefault(plain(event), new Rate(perSecond, burst));
    }

    Rate connections() {
        return new Rate(connectionsPerSecond, connectionsBurst);
    }

    /** Event names are written in several ways: environment variables, for example, have no separators. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
