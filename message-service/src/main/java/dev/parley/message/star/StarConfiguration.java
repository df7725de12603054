package dev.parley.message.star;

import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class StarConfiguration {

    @Bean
    Indexes starIndexes() {
        return Indexes.of(
                Star.COLLECTION,
                new Index("userId", Direction.ASC)
                        .on("starredAt", Direction.DESC)
                        .on("_id", Direction.DESC)
                        .named("ofUserLastFirst"));
    }
}
