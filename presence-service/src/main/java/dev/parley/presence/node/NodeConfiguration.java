package dev.parley.presence.node;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.presence.online.Devices;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class NodeConfiguration {

    @Bean
    EventSubscription presenceEvents(PresenceTopic topic) {
        return EventSubscription.broadcast(Topics.PRESENCE, topic);
    }

    @Bean
    MeterBinder nodeMetrics(Neighbours neighbours, Roster roster, Devices devices) {
        return meters -> {
            Gauge.builder("parley.nodes.known", neighbours, known -> known.count() + 1)
                    .description("Nodes that run presence-service, with this one")
                    .register(meters);
            Gauge.builder("parley.users.online", devices, Devices::count)
                    .tag("where", "here")
                    .register(meters);
            Gauge.builder("parley.users.online", roster, Roster::size)
                    .tag("where", "all")
                    .register(meters);
        };
    }
}
