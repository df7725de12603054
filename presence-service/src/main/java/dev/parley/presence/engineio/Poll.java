package dev.parley.presence.engineio;

import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.OutboundQueue;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One GET that waits for packets. Answered once, from any thread. */
final class Poll implements OutboundQueue.Reader {

    private final Sinks.One<List<Frame>> answer = Sinks.one();
    private final Runnable onLost;

    // Guarded by this.
    private boolean taken;
    private boolean cancelled;

    /** @param onLost runs when packets are handed to it after the client has gone away */
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

    /** The client went away. Returns whether packets were handed to it before, which may be lost. */
    synchronized boolean cancel() {
        cancelled = true;
        return taken;
    }

    Mono<List<Frame>> answer() {
        return answer.asMono();
    }
}
