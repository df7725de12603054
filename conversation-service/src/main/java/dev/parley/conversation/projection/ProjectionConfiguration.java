package dev.parley.conversation.projection;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

    /** How long after they come events are taken over: those who are told of a message are told first. */
    private static final Duration BEHIND = Duration.ofMillis(5);

    @Bean
    EventSubscription conversationEvents(EventProjection projection) {
        return EventSubscription.shared(Topics.CONVERSATIONS, "conversation-service", batch -> Mono.delay(BEHIND)
                .then(projection.handle(batch)));
    }
}
