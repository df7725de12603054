package dev.parley.media.processing;

import dev.parley.media.file.FileStore;
import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class ProcessingConfiguration {

    @Bean
    OutboxSource fileOutbox() {
        return ProcessingResults.SOURCE;
    }

    @Bean
    Indexes processingIndexes() {
        return Indexes.of(
                FileStore.COLLECTION,
                new Index(FileStore.PROCESSING_DUE_AT, Direction.ASC).sparse().named("processing"),
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"));
    }
}
