package dev.parley.platform.security;

import dev.parley.events.SessionEnded;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/**
 * Hears which sign-ins are ended. A service that reads that topic anyway sets {@code parley.security.hear-revoked-sessions} to
 * false, and adds them itself.
 */
@AutoConfiguration(
        after = SecurityAutoConfiguration.class,
        before = dev.parley.platform.event.EventAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "parley.security.hear-revoked-sessions", matchIfMissing = true)
public class RevokedSessionsAutoConfiguration {

    @Bean
    EventSubscription sessionEnds(RevokedSessions sessions) {
        return EventSubscription.broadcast(Topics.PRESENCE, batch -> {
            batch.forEach(event -> {
                if (event.data() instanceof SessionEnded ended) {
                    sessions.add(ended.sessionId());
                }
            });
            return Mono.empty();
        });
    }
}
