package dev.parley.message.attachment;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventSubscription;
import dev.parley.platform.store.Indexes;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class AttachmentConfiguration {

    /** Much longer than a message is on its way. */
    private static final Duration KEPT = Duration.ofHours(1);

    @Bean
    EventSubscription attachmentUpdates(ProcessedFiles files) {
        return EventSubscription.shared(Topics.FILES, "message-service", files);
    }

    @Bean
    Indexes processedFileIndexes() {
        return Indexes.of(
                ProcessedFile.COLLECTION,
                new Index("at", Direction.ASC).expire(KEPT).named("forgotten"));
    }
}
