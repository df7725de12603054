package dev.parley.message.access;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    /** Every instance hears of every change: each remembers answers of its own. */
    @Bean
    EventSubscription accessChangesHeard(AccessChanges changes) {
        return EventSubscription.broadcast(Topics.CONVERSATIONS, changes::handle);
    }
}
