package dev.parley.conversation;

import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import dev.parley.platform.store.JsonStored;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class ConversationStoreConfiguration {

    @Bean
    OutboxSource conversationOutbox() {
        return ConversationStore.OUTBOX;
    }

    @Bean
    JsonStored messageSnapshots() {
        return new JsonStored(MessageSnapshot.class);
    }

    @Bean
    JsonStored notices() {
        return new JsonStored(Block.Notice.class);
    }

    @Bean
    Indexes conversationIndexes() {
        return Indexes.of(
                ConversationStore.COLLECTION,
                new Index("uniqueKey", Direction.ASC).unique().sparse().named("uniqueKey"),
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"),
                new Index("pendingSince", Direction.ASC).sparse().named("pending"));
    }
}
