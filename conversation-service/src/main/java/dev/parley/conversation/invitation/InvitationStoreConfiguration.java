package dev.parley.conversation.invitation;

import dev.parley.platform.store.Indexes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class InvitationStoreConfiguration {

    @Bean
    Indexes invitationIndexes() {
        return Indexes.of(
                InvitationStore.COLLECTION,
                new Index("userId", Direction.ASC).named("ofUser"),
                new Index("conversationId", Direction.ASC).named("toConversation"));
    }
}
