package dev.parley.message.cache;

import dev.parley.events.Topics;
import dev.parley.message.access.RecentAccessChanges;
import dev.parley.message.receipt.ReceiptLookup;
import dev.parley.platform.event.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** What an instance remembers of conversation-service's answers is forgotten when an event says that it has changed. */
@Configuration(proxyBeanMethods = false)
class CacheInvalidation {

    /** Every instance hears of every change: each remembers answers of its own. */
    @Bean
    EventSubscription changesOfWhatIsRemembered(RecentAccessChanges access, ReceiptLookup deliveries) {
        return EventSubscription.broadcast(Topics.CONVERSATIONS, batch -> access.handle(batch)
                .then(Mono.fromRunnable(() -> deliveries.forget(batch))));
    }
}
