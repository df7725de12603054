package dev.parley.presence.profile;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.presence.PresenceSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProfileConfiguration {

    @Bean
    EventSubscription profileChanges(ProfileEventHandler handler, PresenceSettings settings) {
        // A node that has just started shows devices what they missed, too.
        return EventSubscription.broadcast(Topics.USERS, settings.recovery().lookBack(), handler);
    }
}
