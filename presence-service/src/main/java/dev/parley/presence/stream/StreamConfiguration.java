package dev.parley.presence.stream;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.presence.PresenceSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    @Bean
    EventSubscription conversationEvents(ConversationEventHandler events, PresenceSettings settings) {
        return EventSubscription.broadcast(
                Topics.CONVERSATIONS, settings.recovery().lookBack(), events);
    }
}
