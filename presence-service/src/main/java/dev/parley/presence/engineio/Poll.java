package dev.parley.presence.engineio;

import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.Outlet;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One GET that waits for packets. Answered once, from any thread. */
final class Poll implements Outlet.Reader {

    private final Sinks.One<List<Frame>> answer = Sinks.one();
    private volatile boolean taken;

    @Override
    public void read(List<Frame> frames) {
        taken = true;
        answer.tryEmitValue(frames);
    }

    void refuse(RequestError error) {
        answer.tryEmitError(error.asException());
    }

    /** Whether packets were handed to this poll: if the client goes away now, they may be lost. */
    boolean isTaken() {
        return taken;
    }

    Mono<List<Frame>> answer() {
        return answer.asMono();
    }
}
