package dev.parley.message.store;

import dev.parley.platform.event.EventCodec;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class HiddenConfiguration {

    @Bean
    HiddenMessageStore hiddenMessages(ReactiveMongoTemplate mongo, Outbox outbox, EventCodec events) {
        return new HiddenMessageStore(mongo, outbox, events);
    }

    @Bean
    OutboxSource hiddenOutbox() {
        return HiddenMessageStore.OUTBOX;
    }

    @Bean
    Indexes hiddenIndexes() {
        return Indexes.of(
                HiddenMessageStore.COLLECTION,
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"));
    }
}
