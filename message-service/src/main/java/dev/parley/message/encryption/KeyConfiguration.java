package dev.parley.message.encryption;

import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class KeyConfiguration {

    @Bean
    Indexes conversationKeyIndexes() {
        return Indexes.of(
                StoredKey.COLLECTION,
                new Index("masterKeyId", Direction.ASC).on("_id", Direction.ASC).named("masterKey"));
    }
}
