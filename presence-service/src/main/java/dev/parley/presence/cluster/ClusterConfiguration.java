package dev.parley.presence.cluster;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.presence.online.LocalPresence;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

    @Bean
    EventSubscription presenceEvents(PresenceEventHandler handler) {
        return EventSubscription.broadcast(Topics.PRESENCE, handler);
    }

    @Bean
    EventSubscription privacyChanges(VisibilityChanges changes) {
        return EventSubscription.broadcast(Topics.USERS, changes);
    }

    @Bean
    MeterBinder nodeMetrics(ClusterMembership nodes, PresenceTable table, LocalPresence local) {
        return meters -> {
            Gauge.builder("parley.nodes.known", nodes, others -> others.count() + 1)
                    .description("Nodes that run presence-service, including this one")
                    .register(meters);
            Gauge.builder("parley.users.online", local, LocalPresence::count)
                    .description("Users online at this node, and at any")
                    .tag("where", "here")
                    .register(meters);
            Gauge.builder("parley.users.online", table, PresenceTable::size)
                    .description("Users online at this node, and at any")
                    .tag("where", "all")
                    .register(meters);
        };
    }
}
