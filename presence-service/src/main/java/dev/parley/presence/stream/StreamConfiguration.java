package dev.parley.presence.stream;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.presence.FanoutSettings;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.membership.EventInterest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    @Bean
    @ConditionalOnBooleanProperty(name = FanoutSettings.DIRECTED, havingValue = false, matchIfMissing = true)
    EventInterest everything() {
        return EventInterest.EVERYTHING;
    }

    @Bean
    @ConditionalOnBooleanProperty(name = FanoutSettings.DIRECTED, havingValue = false, matchIfMissing = true)
    EventSubscription conversationEvents(ConversationEventHandler events, PresenceSettings settings) {
        return EventSubscription.broadcast(
                Topics.CONVERSATIONS, settings.recovery().lookBack(), events);
    }
}
