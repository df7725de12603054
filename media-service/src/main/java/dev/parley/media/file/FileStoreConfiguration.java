package dev.parley.media.file;

import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class FileStoreConfiguration {

    @Bean
    Indexes fileIndexes() {
        return Indexes.of(
                FileStore.COLLECTION,
                new Index("listedFor", Direction.ASC).on("_id", Direction.DESC).named("listed"),
                new Index("listedFor", Direction.ASC)
                        .on("kind", Direction.ASC)
                        .on("_id", Direction.DESC)
                        .named("listedByKind"),
                new Index("conversationId", Direction.ASC)
                        .on("purpose", Direction.ASC)
                        .sparse()
                        .named("ofConversation"),
                new Index("uploaderId", Direction.ASC).on("size", Direction.ASC).named("sizesOfUser"),
                new Index("tenantId", Direction.ASC).on("size", Direction.ASC).named("sizesOfTenant"),
                new Index("expiresAt", Direction.ASC).sparse().named("expiry"),
                new Index("content.key", Direction.ASC).sparse().named("content"),
                new Index("media.thumbnailKey", Direction.ASC).sparse().named("thumbnail"));
    }
}
