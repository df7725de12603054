package dev.parley.conversation.projection;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

    @Bean
    EventSubscription conversationEvents(EventProjection projection) {
        return EventSubscription.shared(Topics.CONVERSATIONS, "conversation-service", projection);
    }
}
