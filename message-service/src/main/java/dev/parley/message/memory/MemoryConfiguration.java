package dev.parley.message.memory;

import dev.parley.events.Topics;
import dev.parley.message.access.AccessChanges;
import dev.parley.message.receipt.Deliveries;
import dev.parley.platform.event.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** What an instance remembers of conversation-service's answers is forgotten when an event says that it has changed. */
@Configuration(proxyBeanMethods = false)
class MemoryConfiguration {

    /** Every instance hears of every change: each remembers answers of its own. */
    @Bean
    EventSubscription changesOfWhatIsRemembered(AccessChanges access, Deliveries deliveries) {
        return EventSubscription.broadcast(Topics.CONVERSATIONS, batch -> access.handle(batch)
                .then(Mono.fromRunnable(() -> deliveries.forget(batch))));
    }
}
