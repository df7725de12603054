package dev.parley.presence.online;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OnlineConfiguration {

    @Bean
    EventSubscription privacyChanges(LastSeenPrivacy privacy) {
        return EventSubscription.broadcast(Topics.USERS, privacy::onUserEvents);
    }
}
