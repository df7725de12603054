package dev.parley.notification.notice;

import dev.parley.events.MessageSnapshot;
import dev.parley.platform.store.Indexes;
import dev.parley.platform.store.JsonStored;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;

@Configuration(proxyBeanMethods = false)
class NoticeConfiguration {

    @Bean
    Indexes noticeIndexes() {
        return Indexes.of(
                NoticeStore.COLLECTION,
                new Index(NoticeStore.DUE_AT, Direction.ASC).sparse().named("due"),
                new Index(NoticeStore.MESSAGE_ID, Direction.ASC).sparse().named("ofMessage"),
                new Index(NoticeStore.EXPIRE_AT, Direction.ASC).expire(0).named("expiry"));
    }

    @Bean
    JsonStored storedMessages() {
        return new JsonStored(MessageSnapshot.class);
    }
}
