package dev.parley.message.hidden;

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
    HiddenMessages hiddenMessages(ReactiveMongoTemplate mongo, Outbox outbox, EventCodec events) {
        return new HiddenMessages(mongo, outbox, events);
    }

    @Bean
    OutboxSource hiddenOutbox() {
        return HiddenMessages.OUTBOX;
    }

    @Bean
    Indexes hiddenIndexes() {
        return Indexes.of(
                HiddenMessages.COLLECTION,
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"));
    }
}
