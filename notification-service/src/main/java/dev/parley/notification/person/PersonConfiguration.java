package dev.parley.notification.person;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PersonConfiguration {

    private static final String GROUP = "notification-service-people";

    @Bean
    EventSubscription names(People people) {
        return EventSubscription.shared(Topics.USERS, GROUP, people);
    }
}
