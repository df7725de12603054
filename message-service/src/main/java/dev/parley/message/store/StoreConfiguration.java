package dev.parley.message.store;

import dev.parley.events.Block;
import dev.parley.message.encryption.MessageEncryption;
import dev.parley.message.indexing.SearchFields;
import dev.parley.message.indexing.WordIndex;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import dev.parley.platform.store.JsonStored;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;

/** Declares the collections of this package: their stores, their indexes and their outboxes. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    MessageStore messageStore(ReactiveMongoTemplate mongo, MessageEncryption encryption) {
        return new MessageStore(mongo, encryption);
    }

    @Bean
    StoredWords storedWords(ReactiveMongoTemplate mongo, MessageStore store, MessageEncryption encryption) {
        return new StoredWords(mongo, store, encryption);
    }

    @Bean
    ChangedMessages changedMessages(ReactiveMongoTemplate mongo, MessageStore store) {
        return new ChangedMessages(mongo, store);
    }

    @Bean
    OutboxSource messageOutbox() {
        return MessageStore.OUTBOX;
    }

    @Bean
    JsonStored blocks() {
        return new JsonStored(Block.class);
    }

    @Bean
    Indexes messageIndexes() {
        return Indexes.of(
                MessageStore.COLLECTION,
                new Index("conversationId", Direction.ASC)
                        .on("seq", Direction.ASC)
                        .unique()
                        .named("place"),
                new Index("conversationId", Direction.ASC)
                        .on("senderId", Direction.ASC)
                        .on("seq", Direction.DESC)
                        .named("ofSender"),
                new Index("clientKey", Direction.ASC).unique().sparse().named("clientKey"),
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"),
                new Index("conversationId", Direction.ASC)
                        .on(OutboxSource.SINCE, Direction.ASC)
                        .partial(PartialIndexFilter.of(
                                Criteria.where(OutboxSource.SINCE).exists(true)))
                        .named("unpublished"),
                new Index("conversationId", Direction.ASC)
                        .on(MessageStore.PINNED_AT, Direction.DESC)
                        .on("seq", Direction.DESC)
                        .partial(PartialIndexFilter.of(
                                Criteria.where(MessageStore.PINNED_AT).exists(true)))
                        .named("pinnedLastFirst"),
                new WordIndex(),
                new Index("conversationId", Direction.ASC)
                        .on(SearchFields.FILES, Direction.ASC)
                        .on("seq", Direction.DESC)
                        .partial(PartialIndexFilter.of(
                                Criteria.where(SearchFields.FILES).exists(true)))
                        .named("files"),
                new Index(MessageStore.FILE_IDS, Direction.ASC).sparse().named("fileIds"));
    }

    @Bean
    HiddenMessageStore hiddenMessageStore(ReactiveMongoTemplate mongo, Outbox outbox, EventCodec events) {
        return new HiddenMessageStore(mongo, outbox, events);
    }

    @Bean
    OutboxSource hiddenMessageOutbox() {
        return HiddenMessageStore.OUTBOX;
    }

    @Bean
    Indexes hiddenMessageIndexes() {
        return Indexes.of(
                HiddenMessageStore.COLLECTION,
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"));
    }
}
