package dev.parley.auth.user;

import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

/**
 * This service kept the preferences of users once. Where it was killed before it had published some of them, it does so when it starts again:
 * notification-service takes them over from what is published.
 */
@Configuration(proxyBeanMethods = false)
class FormerPreferences {

    private static final OutboxSource OUTBOX = new OutboxSource("preferences");

    @Bean
    OutboxSource formerPreferenceOutbox() {
        return OUTBOX;
    }

    @Bean
    Indexes formerPreferenceIndexes() {
        return Indexes.of("preferences", new Index(OutboxSource.SINCE, Direction.ASC).sparse());
    }
}
