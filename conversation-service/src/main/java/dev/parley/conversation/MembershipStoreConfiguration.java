package dev.parley.conversation;

import dev.parley.platform.outbox.OutboxSource;
import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;

@Configuration(proxyBeanMethods = false)
class MembershipStoreConfiguration {

    @Bean
    OutboxSource membershipOutbox() {
        return MembershipUpdates.OUTBOX;
    }

    @Bean
    Indexes membershipIndexes() {
        return Indexes.of(
                MembershipStore.COLLECTION,
                new Index("userId", Direction.ASC).on("active", Direction.ASC).named("ofUser"),
                new Index("conversationId", Direction.ASC)
                        .on("active", Direction.ASC)
                        .on("userId", Direction.ASC)
                        .named("ofConversation"),
                new Index("conversationId", Direction.ASC)
                        .on("active", Direction.ASC)
                        .on("changedSeq", Direction.DESC)
                        .named("lastLeavers"),
                new Index("conversationId", Direction.ASC)
                        .partial(PartialIndexFilter.of(Criteria.where("personal.hidden")
                                .is(true)
                                .and("active")
                                .is(true)))
                        .named("hidden"),
                new Index("personal.pinSlot", Direction.ASC).unique().sparse().named("pinSlot"),
                new Index("latest.message.id", Direction.ASC).sparse().named("latest"),
                new Index(OutboxSource.SINCE, Direction.ASC).sparse().named("outbox"));
    }
}
