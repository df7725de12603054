package dev.parley.presence.engineio;

import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.OutboundQueue;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A GET request that waits for packets. Answered once, from any thread. */
final class Poll implements OutboundQueue.Reader {

    private final Sinks.One<List<Frame>> answer = Sinks.one();
    private final Runnable onLost;

    // Guarded by this.
    private boolean taken;
    private boolean cancelled;

    /** @param onLost runs when packets are handed to this poll after the client has closed the connection */
    Poll(Runnable onLost) {
        this.onLost = onLost;
    }

    @Override
    public void read(List<Frame> frames) {
        boolean lost;
        synchronized (this) {
            taken = true;
            lost = cancelled;
        }
        answer.tryEmitValue(frames);
        if (lost) {
            onLost.run();
        }
    }

    void refuse(RequestError error) {
        answer.tryEmitError(error.asException());
    }

    /** The client closed the connection. Returns whether packets were handed to this poll before, which may be lost. */
    synchronized boolean cancel() {
        cancelled = true;
        return taken;
    }

    Mono<List<Frame>> answer() {
        return answer.asMono();
    }
}
