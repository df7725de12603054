package dev.parley.presence.profile;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProfileConfiguration {

    @Bean
    EventSubscription profileChanges(ProfileEventHandler handler) {
        return EventSubscription.broadcast(Topics.USERS, handler);
    }
}
