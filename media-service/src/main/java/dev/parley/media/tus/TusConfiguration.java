package dev.parley.media.tus;

import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class TusConfiguration {

    @Bean
    Indexes resumableUploadIndexes() {
        return Indexes.of(
                ResumableUploadStore.COLLECTION,
                new Index(ResumableUploadStore.EXPIRES_AT, Direction.ASC).named("expiry"));
    }
}
