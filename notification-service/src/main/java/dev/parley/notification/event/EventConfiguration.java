package dev.parley.notification.event;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    private static final String GROUP = "notification-service";

    /** One reader for all, for the order; two readers of one group would each get half of the conversations. */
    @Bean
    EventSubscription conversations(ObjectProvider<ConversationListener> all) {
        List<ConversationListener> listeners = all.orderedStream().toList();
        return EventSubscription.shared(Topics.CONVERSATIONS, GROUP, batch -> Flux.fromIterable(listeners)
                .concatMap(listener -> listener.hear(batch))
                .then());
    }
}
