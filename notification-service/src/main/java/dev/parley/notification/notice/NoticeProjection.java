package dev.parley.notification.notice;

import dev.parley.notification.event.ConversationListener;
import dev.parley.platform.event.ReceivedEvent;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Notes what there is to tell, in one write for a batch: one document for each message, whatever the size of its group. Who is told
 * is found out when it is due.
 */
@Component
@Order(ConversationListener.NOTICES)
final class NoticeProjection implements ConversationListener {

    private final NoticeStore store;
    private final NoticeMetrics metrics;

    NoticeProjection(NoticeStore store, NoticeMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    @Override
    public Mono<Void> hear(List<ReceivedEvent> batch) {
        List<NoticeChange> changes = batch.stream()
                .flatMap(event -> NoticeChange.of(event.data(), event.time(), event.traceparent()).stream())
                .toList();
        return store.write(changes).doOnSuccess(metrics::heard).then();
    }
}
