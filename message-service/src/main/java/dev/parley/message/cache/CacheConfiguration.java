package dev.parley.message.cache;

import dev.parley.events.Topics;
import dev.parley.message.access.RecentAccessChanges;
import dev.parley.message.receipt.ReceiptLookup;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.outbox.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Subscribes every instance to every change, because each instance has caches of its own. */
@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

    @Bean
    EventSubscription cacheInvalidation(RecentAccessChanges access, ReceiptLookup receipts, Outbox outbox) {
        return EventSubscription.broadcast(Topics.CONVERSATIONS, new CacheInvalidation(access, receipts, outbox));
    }
}
