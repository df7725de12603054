package dev.parley.notification.audience;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.store.Indexes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class AudienceConfiguration {

    @Bean
    Indexes audienceIndexes() {
        return Indexes.of(
                AudienceStore.MEMBERS,
                new Index("conversationId", Direction.ASC)
                        .on("reader", Direction.ASC)
                        .on("userId", Direction.ASC)
                        .named("readers"),
                new Index("userId", Direction.ASC).on("reader", Direction.ASC).named("ofUser"));
    }

    /** Every instance reads what people have open: each decides about pushes. */
    @Bean
    EventSubscription openConversationEvents(OpenConversationsReader reader) {
        return EventSubscription.broadcast(Topics.PRESENCE, reader);
    }

    @Bean
    MeterBinder audienceMetrics(AudienceReadiness readiness, OpenAtNodes open) {
        return meters -> {
            Gauge.builder("parley.notification.audience.complete", readiness, ready -> ready.isComplete() ? 1 : 0)
                    .description("Whether everything was copied once")
                    .register(meters);
            Gauge.builder("parley.notification.audience.nodes", open, OpenAtNodes::nodes)
                    .description("Nodes of sockets that were heard of lately")
                    .register(meters);
            Gauge.builder("parley.notification.audience.open", open, OpenAtNodes::users)
                    .description("Users who have a conversation open at a node")
                    .register(meters);
        };
    }
}
