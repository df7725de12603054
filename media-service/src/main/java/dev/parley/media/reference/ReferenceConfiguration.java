package dev.parley.media.reference;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class ReferenceConfiguration {

    @Bean
    Indexes referenceIndexes() {
        return Indexes.of(
                FileReferences.COLLECTION,
                new Index("fileId", Direction.ASC).on("seq", Direction.ASC).named("ofFile"),
                new Index("messageId", Direction.ASC).named("ofMessage"),
                new Index("conversationId", Direction.ASC).named("ofConversation"));
    }

    @Bean
    EventSubscription namedFiles(ReferenceProjection projection) {
        return EventSubscription.shared(Topics.CONVERSATIONS, "media-service", projection);
    }
}
