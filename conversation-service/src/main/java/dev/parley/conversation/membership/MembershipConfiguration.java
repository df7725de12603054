package dev.parley.conversation.membership;

import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class MembershipConfiguration {

    @Bean
    Indexes membershipIndexes() {
        return Indexes.of(
                Memberships.COLLECTION,
                new Index("userId", Direction.ASC).on("active", Direction.ASC).named("ofUser"),
                new Index("conversationId", Direction.ASC)
                        .on("active", Direction.ASC)
                        .on("userId", Direction.ASC)
                        .named("ofConversation"));
    }
}
