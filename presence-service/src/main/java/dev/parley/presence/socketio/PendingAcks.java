package dev.parley.presence.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import tools.jackson.databind.JsonNode;

/** The events sent to one client that it has not acknowledged yet. Safe for any thread. */
final class PendingAcks {

    private final int max;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, MonoSink<List<JsonNode>>> pending = new ConcurrentHashMap<>();
    private volatile boolean closed;

    PendingAcks(int max) {
        this.max = max;
    }

    /** Sends an event on subscription. {@code send} receives the id with which the client acknowledges. */
    Mono<List<JsonNode>> request(LongConsumer send) {
        return Mono.create(sink -> {
            if (pending.size() >= max) {
                sink.error(new IllegalStateException("Too many events to one client await an acknowledgement"));
                return;
            }
            long id = lastId.incrementAndGet();
            pending.put(id, sink);
            sink.onDispose(() -> pending.remove(id));
            if (closed) {
                close();
            } else {
                send.accept(id);
            }
        });
    }

    /** The client acknowledged an event. Ignored if nobody waits for it. */
    void answer(long id, List<JsonNode> args) {
        MonoSink<List<JsonNode>> sink = pending.remove(id);
        if (sink != null) {
            sink.success(args);
        }
    }

    void close() {
        closed = true;
        pending.values().forEach(sink -> sink.error(new IllegalStateException("The client is gone")));
    }
}
