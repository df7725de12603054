package dev.parley.platform.security;

import dev.parley.events.SessionEnded;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/**
 * Hears which sign-ins are ended, also those that ended before the service started, as far back as the topic goes.
 */
@AutoConfiguration(
        after = SecurityAutoConfiguration.class,
        before = dev.parley.platform.event.EventAutoConfiguration.class)
public class RevokedSessionsAutoConfiguration {

    @Bean
    EventSubscription sessionEnds(RevokedSessions sessions, ObjectProvider<SessionEndListener> listeners) {
        return EventSubscription.broadcast(Topics.SESSIONS, Topics.SESSIONS_RETENTION, batch -> {
            batch.forEach(event -> {
                if (event.data() instanceof SessionEnded ended) {
                    sessions.add(ended.sessionId());
                    listeners.forEach(listener -> listener.ended(ended));
                }
            });
            return Mono.empty();
        });
    }
}
