package dev.parley.notification.digest;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
@Conditional(WithDigests.class)
class DigestConfiguration {

    /** A group of its own: it reads all that was ever chosen when e-mails are sent for the first time. */
    private static final String GROUP = "notification-service-digest";

    private static final String PRESENCE_GROUP = GROUP + "-presence";

    @Bean
    Indexes digestIndexes() {
        return Indexes.of(
                AbsenceStore.COLLECTION,
                new Index(AbsenceStore.DUE_AT, Direction.ASC).sparse().named("due"),
                new Index(AbsenceStore.EXPIRE_AT, Direction.ASC).expire(0).named("expiry"));
    }

    @Bean
    EventSubscription digestPreferences(AbsenceReader reader) {
        return EventSubscription.shared(Topics.PREFERENCES, GROUP, reader::preferences);
    }

    @Bean
    EventSubscription digestPresence(AbsenceReader reader) {
        return EventSubscription.shared(Topics.PRESENCE, PRESENCE_GROUP, reader::presence);
    }
}
