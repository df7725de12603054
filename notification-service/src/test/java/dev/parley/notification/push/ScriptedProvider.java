package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushProvider;
import dev.parley.notification.provider.PushRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A provider that answers as the test says, and keeps what it is sent. */
class ScriptedProvider implements PushProvider {

    static final int BATCH = 20;

    final List<PushRequest> sent = new CopyOnWriteArrayList<>();
    final AtomicInteger calls = new AtomicInteger();
    volatile boolean enabled = true;
    volatile Function<PushRequest, PushOutcome> answer = push -> new PushOutcome.Accepted("its-" + push.pushId());

    /** What comes before the answers; an error of it is an outage. */
    volatile Mono<Void> before = Mono.empty();

    private final ProviderName name;

    ScriptedProvider(ProviderName name) {
        this.name = name;
    }

    @Override
    public ProviderName name() {
        return name;
    }

    @Override
    public boolean enabled() {
        return enabled;
    }

    @Override
    public int maxBatch() {
        return BATCH;
    }

    @Override
    public Mono<List<PushOutcome>> send(List<PushRequest> pushes) {
        calls.incrementAndGet();
        return before.then(Mono.fromCallable(() -> {
            sent.addAll(pushes);
            return pushes.stream().map(answer).toList();
        }));
    }

    List<String> sentIds() {
        return sent.stream().map(PushRequest::pushId).toList();
    }
}
