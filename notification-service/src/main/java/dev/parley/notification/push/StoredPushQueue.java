package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.push.StoredPush.Waiting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps pushes in the store, and wakes those who send them. */
@Component
final class StoredPushQueue implements PushQueue {

    private final PushStore store;
    private final PushWakeups wakeups;
    private final PushMetrics metrics;

    StoredPushQueue(PushStore store, PushWakeups wakeups, PushMetrics metrics) {
        this.store = store;
        this.wakeups = wakeups;
        this.metrics = metrics;
    }

    @Override
    public Mono<Void> add(List<NewPush> pushes) {
        Instant now = Instant.now();
        return store.add(pushes.stream().map(push -> alert(push, null, now)).toList())
                .doOnNext(added ->
                        added.stream().map(StoredPush::provider).distinct().forEach(wakeups::wake))
                .then();
    }

    @Override
    public Mono<Void> suppressed(List<NewPush> pushes, Suppression why) {
        Instant now = Instant.now();
        return store.add(pushes.stream().map(push -> alert(push, why, now)).toList())
                .doOnNext(added -> added.forEach(push -> metrics.suppressed(push.provider(), why.wireName(), 1)))
                .then();
    }

    private StoredPush alert(NewPush push, @Nullable Suppression why, Instant now) {
        ProviderName provider = push.provider();
        return new StoredPush(
                push.id(),
                PushKind.ALERT,
                push.type(),
                push.noticeId(),
                push.tenantId(),
                push.userId(),
                push.deviceId(),
                provider,
                push.conversationId(),
                push.messageId(),
                push.seq(),
                why == null ? PushStatus.WAITING : PushStatus.SUPPRESSED,
                why == null ? new Waiting(provider, now, null) : null,
                why == null ? StoredPush.shownFor(push.userId(), push.conversationId()) : null,
                0,
                why == null ? null : why.wireName(),
                null,
                null,
                now,
                why == null ? null : now,
                store.expiry(now));
    }
}
